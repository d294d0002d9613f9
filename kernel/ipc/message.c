/**
 * @file
 * Messages on their way from one thread to another: abi/message.h says what they are made of.
 *
 * A message call's registers are in the caller's context, all of them, before the kernel looks at
 * them, and its result gets there too. So it makes no difference who of the two runs when a message
 * goes over.
 */
#include "ipc/message.h"

#include "arch/message.h"
#include "ipc/endpoint.h"
#include "ipc/slots.h"
#include "lib/string.h"

/**
 * Checks what a message says about itself.
 *
 * @param sender   whose
 * @param through  the slot that it is to be sent through
 * @param info     its info word
 * @return ERROR_NONE; ERROR_INVALID_ARGUMENT for a flag that is the kernel's, or a length over
 *         MESSAGE_WORDS_MAX; ERROR_NO_RIGHT when a slot travels and `through` does not allow that;
 *         ERROR_BAD_SLOT when that slot is empty, or holds an answer
 */
enum error message_check(const struct thread *sender, const struct slot *through, uint64_t info)
{
    if (info & (MESSAGE_FAULT | MESSAGE_SIGNAL) ||
        (info & MESSAGE_BUFFER && (info & MESSAGE_LENGTH_MASK) > MESSAGE_WORDS_MAX)) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (info & MESSAGE_TRANSFER) {
        if ((through->allows & (SLOT_ENDPOINT_GRANT | SLOT_REPLY)) == 0) {
            return ERROR_NO_RIGHT;
        }
        return slots_can_copy(sender, info >> MESSAGE_SLOT_SHIFT & MESSAGE_SLOT_MASK);
    }
    return ERROR_NONE;
}

/** The words that are in the IPC buffer. */
static void copy_buffer(const struct thread *sender, struct thread *receiver, uint64_t info)
{
    size_t length = info & MESSAGE_LENGTH_MASK;

    if (info & MESSAGE_BUFFER && length > MESSAGE_REGISTER_WORDS) {
        memcpy(receiver->buffer + MESSAGE_REGISTER_WORDS, sender->buffer + MESSAGE_REGISTER_WORDS,
               (length - MESSAGE_REGISTER_WORDS) * sizeof(uint64_t));
    }
}

/**
 * Hands a message over: the receiver's call has succeeded. The message has been checked
 * (message_check()); its info word is the sender's RSI. Who has not made the call by itself, and
 * takes the message in other registers than its own, gets no more than these.
 *
 * @param sender    whose registers (message_registers()) hold the message
 * @param receiver  who is in a message call
 * @param badge     of the slot that it came through; 0 for an answer
 */
void message_deliver(struct thread *sender, struct thread *receiver, uint64_t badge)
{
    struct context *from = message_registers(sender);
    struct context *to = message_registers(receiver);
    uint64_t info = context_message_info(from);

    context_copy_words(to, from);
    if (to == &receiver->context) {
        copy_buffer(sender, receiver, info);
        info = transfer_slot(sender, receiver, info);
    }
    context_set_message(to, badge, info);
}

/** Hands a notification's signals over as if they were a message. */
void message_deliver_signal(struct thread *receiver, uint64_t bits)
{
    context_set_message(&receiver->context, bits, MESSAGE_SIGNAL);
}

/**
 * Sends the current thread's message: ipc_send and ipc_call.
 *
 * @param number   of the slot
 * @param info     the message's info word
 * @param is_call  whether an answer is wanted
 * @param timeout  in milliseconds
 * @return ERROR_NONE: sent, or waiting; else why not
 */
enum error message_send(uint64_t number, uint64_t info, bool is_call, uint64_t timeout)
{
    struct slot *slot;
    enum error error = slots_find(sched.current, number, SLOT_ENDPOINT_SEND, &slot);

    if (error == ERROR_NONE) {
        error = message_check(sched.current, slot, info);
    }
    if (error == ERROR_NONE) {
        error = endpoint_send(sched.current, slot->endpoint, slot->badge, is_call, timeout);
    }
    return error;
}

/**
 * Receives for the current thread: ipc_recv. A last caller that is still there gets no answer.
 *
 * @param number   of the slot
 * @param timeout  in milliseconds
 * @return ERROR_NONE: received, or waiting; else why not
 */
enum error message_receive(uint64_t number, uint64_t timeout)
{
    struct slot *slot;
    enum error error = slots_find(sched.current, number, SLOT_ENDPOINT_RECEIVE, &slot);

    if (error == ERROR_NONE) {
        reply_drop(slots_last_caller(sched.current));
        priority_serve(sched.current, slot->endpoint);
        error = endpoint_receive(sched.current, slot->endpoint, timeout);
    }
    return error;
}

/**
 * Answers with the current thread's message: ipc_reply.
 *
 * @param number  of the slot
 * @param info    the answer's info word
 * @return ERROR_NONE; else why not
 */
enum error message_reply(uint64_t number, uint64_t info)
{
    struct slot *slot;
    enum error error = reply_find(sched.current, number, &slot);

    if (error == ERROR_NONE) {
        error = message_check(sched.current, slot, info);
    }
    if (error == ERROR_NONE) {
        reply_give(sched.current, slot->caller);
    }
    return error;
}
