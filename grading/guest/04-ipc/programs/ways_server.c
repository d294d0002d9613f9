/**
 * @file
 * Answers every request with other words and another label, for ever.
 */
#include "exchange.h"
#include "guest_program.h"
#include "server.h"

static bool answer(struct message *message)
{
    for (unsigned i = 0; i < MESSAGE_REGISTER_WORDS; i++) {
        message->words[i] = exchange_answer(message->words[i], message->badge);
    }
    message->info = info_make(~info_label(message->info), info_length(message->info));
    return true;
}

int64_t guest_main(uint64_t argument)
{
    static const slot endpoint = {1};

    (void)argument;
    return server_run(endpoint, answer);
}
