/**
 * @file
 * A client of the exchange.
 */
#include "digest.h"
#include "guest_program.h"
#include "ipc.h"

int64_t guest_main(uint64_t argument)
{
    static const slot server = {1};
    uint64_t length = argument & 0xFF;
    uint64_t digest = 0;

    for (uint64_t i = argument >> 8; i > 0; i--) {
        struct message message = {.info = info_make((uint32_t)i, length)};
        enum error error;

        for (unsigned word = 0; word < length; word++) {
            message.words[word] = guest_random();
        }
        error = ipc_call(server, &message, TIMEOUT_INFINITE);
        if (error != ERROR_NONE || message.badge != 0 || info_label(message.info) != (uint32_t)i) {
            return -1;
        }
        for (unsigned word = 0; word < length; word++) {
            digest = digest_add(digest, message.words[word]);
        }
    }
    return (int64_t)digest;
}
