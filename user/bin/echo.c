/**
 * @file
 * The echo server: answers every message with the same words. Long ones too: they are in the IPC
 * buffer already.
 */
#include "program.h"
#include "server.h"

#define ENDPOINT ((slot){4})

static bool handle(struct message *message)
{
    message->info = info_make(info_label(message->info), info_length(message->info));
    return true;
}

/** The echo server. It runs until the machine stops. */
int64_t main(uint64_t argument)
{
    enum error error = server_open("echo_server", ENDPOINT);

    (void)argument;
    return error != ERROR_NONE ? error : server_run(ENDPOINT, handle);
}
