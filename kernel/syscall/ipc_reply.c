/**
 * @file
 * ipc_reply: an answer.
 */
#include "ipc/message.h"

/**
 * Answers a caller, once. Never waits. See abi/message.h for the registers.
 *
 * Gives back, in the context: ERROR_NONE; what reply_find() and message_check() refuse with.
 *
 * @param slot  SLOT_LAST_CALLER, or one that a caller has been saved to; it is empty then
 * @param info  the answer's info word
 */
noreturn void syscall_ipc_reply(uint64_t slot, uint64_t info)
{
    message_leave(message_reply(slot, info));
}
