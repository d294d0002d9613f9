/**
 * @file
 * ipc_reply_recv: an answer, then the next message.
 */
#include "ipc/message.h"
#include "ipc/slots.h"
#include "task/sched.h"

/**
 * Answers the last caller and waits for the next message. When the answer is refused, nothing is
 * received; when the wait ends with an error, the answer has been given. See abi/message.h for the
 * registers.
 *
 * Gives back, in the context: what ipc_reply (of SLOT_LAST_CALLER) and then ipc_recv return.
 *
 * @param slot     an endpoint, with RIGHT_RECEIVE
 * @param info     the answer's info word
 * @param timeout  of the wait, in milliseconds
 */
noreturn void syscall_ipc_reply_recv(uint64_t slot, uint64_t info, uint64_t timeout)
{
    struct slot *endpoint;
    enum error error = slots_find(sched.current, slot, SLOT_ENDPOINT_RECEIVE, &endpoint);

    if (error == ERROR_NONE) {
        error = message_reply(SLOT_LAST_CALLER, info);
    }
    if (error == ERROR_NONE) {
        error = message_receive(slot, timeout);
    }
    message_leave(error);
}
