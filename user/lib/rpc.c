/**
 * @file
 * Remote procedure calls: requests whose answer's label is an error.
 */
#include "rpc.h"

/**
 * Asks a server.
 *
 * @param server   its endpoint
 * @param message  the request, and afterwards the answer
 * @param timeout  for all of it, in milliseconds
 * @return the error of ipc_call(), or the answer's label
 */
enum error rpc_call(slot server, struct message *message, uint64_t timeout)
{
    enum error error = ipc_call(server, message, timeout);

    return error != ERROR_NONE ? error : (enum error)info_label(message->info);
}

/**
 * Asks a server with two words for one. Waits for the answer as long as it takes.
 *
 * @param server  its endpoint
 * @param label   what is asked for
 * @param first   word 0
 * @param second  word 1
 * @return the error of ipc_call(), or the answer's label; the answer's word 0
 */
struct call_result rpc_word(slot server, uint32_t label, uint64_t first, uint64_t second)
{
    struct message message = {.info = info_make(label, 2), .words = {first, second}};
    enum error error = ipc_call(server, &message, TIMEOUT_INFINITE);

    if (error != ERROR_NONE) {
        return (struct call_result){error, 0};
    }
    return (struct call_result){info_label(message.info), message.words[0]};
}
