/**
 * @file
 * Answers: the authority to give one.
 *
 * A call leaves its receiver the authority to answer, in slot SLOT_LAST_CALLER; from there it can
 * be saved into another slot. It can be used once. Invariant: a thread in state ANSWERING is named
 * by exactly one slot that allows SLOT_REPLY, and that is its `reply`; no other thread is named by
 * any.
 */
#include "ipc/message.h"

#include "ipc/slots.h"

/**
 * Lets a caller, whose message has been received, wait for the answer: THREAD_ANSWERING. The
 * server's slot SLOT_LAST_CALLER allows SLOT_REPLY and names the caller from now on; the caller's
 * `reply` is that slot.
 *
 * @param caller  in no queue
 * @param server  has received the message; its slot SLOT_LAST_CALLER is empty
 */
void reply_expect(struct thread *caller, struct thread *server)
{
    struct slot *slot = slots_last_caller(server);

    slot->allows = SLOT_REPLY;
    slot->caller = caller;
    caller->reply = slot;
    caller->state = THREAD_ANSWERING;
}

/**
 * Finds the slot that an answer is to be given through.
 *
 * @param server  the current thread
 * @param number  any number
 * @param found   set to the slot
 * @return ERROR_NONE; ERROR_NO_CALLER when SLOT_LAST_CALLER is empty: the caller has been answered,
 *         has given up, or has been saved elsewhere; ERROR_BAD_SLOT when another slot holds no
 *         caller
 */
enum error reply_find(struct thread *server, uint64_t number, struct slot **found)
{
    enum error error = slots_find(server, number, SLOT_REPLY, found);

    return error != ERROR_NONE && number == SLOT_LAST_CALLER ? ERROR_NO_CALLER : error;
}

/**
 * Answers a caller with the running thread's message (message_deliver(), badge 0). The caller's
 * wait is over (wait_finish()), and with it the authority to answer.
 *
 * @param server  the current thread
 * @param caller  is ANSWERING, and one of the server's slots names it
 */
void reply_give(struct thread *server, struct thread *caller)
{
    message_deliver(server, caller, 0);
    wait_finish(caller);
}

/** Takes away the authority to answer a thread, whoever has it: the slot is empty then. */
void reply_forget(struct thread *caller)
{
    if (caller->reply != NULL) {
        *caller->reply = (struct slot){0};
        caller->reply = NULL;
    }
}

/** Gives up the authority to answer: the caller, if it still waits, is told. */
void reply_drop(struct slot *slot)
{
    if (slot->allows == SLOT_REPLY) {
        wait_cancel(slot->caller, ERROR_PEER_ENDED);
    }
}
