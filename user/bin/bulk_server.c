/**
 * @file
 * Adds up much data. It may read the memory that it shares with its client, no more.
 */
#include "bin/bulk.h"

#include "program.h"
#include "server.h"

#define ENDPOINT ((slot){4})

static bool is_attached;

static bool handle_attach(struct message *message)
{
    enum error error = memory_attach(BULK_REGION, BULK_ADDRESS, BULK_PAGES, MEMORY_READ);

    is_attached |= error == ERROR_NONE;
    return server_result(message, error);
}

static bool answer_sum(struct message *message, const uint64_t *words, uint64_t count)
{
    *message =
        (struct message){.info = info_make(ERROR_NONE, 1), .words = {bulk_sum(words, count)}};
    return true;
}

static bool handle(struct message *message)
{
    switch (info_label(message->info)) {
    case BULK_ATTACH:
        return handle_attach(message);
    case BULK_MAPPED:
        return is_attached ? answer_sum(message, (const uint64_t *)BULK_ADDRESS, BULK_WORDS)
                           : server_result(message, ERROR_BAD_ADDRESS);
    case BULK_SENT:
        return message->words[0] <= BULK_WORDS_MAX
                   ? answer_sum(message, &ipc_buffer->words[BULK_FIRST_WORD], message->words[0])
                   : server_result(message, ERROR_INVALID_ARGUMENT);
    default:
        return server_result(message, ERROR_INVALID_ARGUMENT);
    }
}

/** The server. It runs until the machine stops. */
int64_t main(uint64_t argument)
{
    enum error error = server_open("bulk_server", ENDPOINT);

    (void)argument;
    return error != ERROR_NONE ? error : server_run(ENDPOINT, handle);
}
