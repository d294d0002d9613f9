/**
 * @file
 * Requests of one or two words whose answer is an error and a word.
 */
#include "request.h"

/**
 * Asks a server. Waits for the answer as long as it takes.
 *
 * @param server  its endpoint
 * @param label   what is asked for
 * @param first   word 0
 * @param second  word 1
 * @return the error of ipc_call(), or the answer's label; the answer's word 0
 */
struct call_result request_word(slot server, uint32_t label, uint64_t first, uint64_t second)
{
    struct message message = {.info = info_make(label, 2), .words = {first, second}};
    enum error error = ipc_call(server, &message, TIMEOUT_INFINITE);

    if (error != ERROR_NONE) {
        return (struct call_result){error, 0};
    }
    return (struct call_result){info_label(message.info), message.words[0]};
}
