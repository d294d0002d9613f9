/**
 * @file
 * ipc_call: a request and its answer.
 */
#include "ipc/message.h"

/**
 * Sends a request and waits for its answer. See abi/message.h for the registers.
 *
 * Gives back, in the context: the answer and ERROR_NONE; ERROR_TIMEOUT; ERROR_PEER_ENDED when
 * nobody may receive, or whoever has the request will not answer; what slots_find() and
 * message_check() refuse with.
 *
 * @param slot     an endpoint, with RIGHT_SEND
 * @param info     the request's info word
 * @param timeout  for all of it, in milliseconds; with TIMEOUT_NONE it is sent
 *                 only if a receiver waits, and the answer has to come within a tick
 */
noreturn void syscall_ipc_call(uint64_t slot, uint64_t info, uint64_t timeout)
{
    message_leave(message_send(slot, info, true, timeout));
}
