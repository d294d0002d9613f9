/**
 * @file
 * ipc_send: a message that gets no answer.
 */
#include "ipc/message.h"

/**
 * Sends a message and waits until it has been received. See abi/message.h for the registers.
 *
 * Gives back, in the context: ERROR_NONE; ERROR_TIMEOUT; ERROR_PEER_ENDED when nobody may receive;
 * what slots_find() and message_check() refuse with.
 *
 * @param slot     an endpoint, with RIGHT_SEND
 * @param info     the message's info word
 * @param timeout  in milliseconds; TIMEOUT_NONE: only if a receiver waits already
 */
noreturn void syscall_ipc_send(uint64_t slot, uint64_t info, uint64_t timeout)
{
    message_leave(message_send(slot, info, false, timeout));
}
