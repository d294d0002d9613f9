/**
 * @file
 * ipc_recv: the next message.
 */
#include "ipc/message.h"

/**
 * Waits for a message, or for a signal of the bound notification. A caller who has not been
 * answered yet, and has not been saved, will not be: its call ends with ERROR_PEER_ENDED. See
 * abi/message.h for the registers.
 *
 * Gives back, in the context: the message and ERROR_NONE; ERROR_TIMEOUT; what slots_find() refuses
 * with.
 *
 * @param slot     an endpoint, with RIGHT_RECEIVE
 * @param info     not used
 * @param timeout  in milliseconds; TIMEOUT_NONE: only what is there already
 */
noreturn void syscall_ipc_recv(uint64_t slot, uint64_t info, uint64_t timeout)
{
    (void)info;
    message_leave(message_receive(slot, timeout));
}
