/**
 * @file
 * The model's messages and signals.
 */
#include <string.h>

#include "abi/call.h"
#include "models/inside.h"

#define LENGTH(info) ((info)&MESSAGE_LENGTH_MASK)
#define TRAVELLER(info) ((info) >> MESSAGE_SLOT_SHIFT & MESSAGE_SLOT_MASK)
#define TRAVEL_BITS (MESSAGE_TRANSFER | MESSAGE_SLOT_MASK << MESSAGE_SLOT_SHIFT)

/** Whether the current thread may send such a message through a slot. */
static enum error check(const struct model_slot *through, uint64_t info)
{
    if ((info & (MESSAGE_FAULT | MESSAGE_SIGNAL)) != 0 ||
        ((info & MESSAGE_BUFFER) != 0 && LENGTH(info) > MESSAGE_WORDS_MAX)) {
        return ERROR_INVALID_ARGUMENT;
    }
    if ((info & MESSAGE_TRANSFER) == 0) {
        return ERROR_NONE;
    }
    if (through->kind == MODEL_ENDPOINT && (through->rights & RIGHT_GRANT) == 0) {
        return ERROR_NO_RIGHT;
    }
    return model_can_copy(model.current, TRAVELLER(info)) ? ERROR_NONE : ERROR_BAD_SLOT;
}

/** A message goes over. */
static void deliver(int from, int to, uint64_t badge)
{
    struct model_thread *sender = &model.threads[from], *receiver = &model.threads[to];
    struct model_registers *source = model_message(from), *target = model_message(to);
    uint64_t info = source->rsi;
    uint64_t place = receiver->buffer[MESSAGE_RECEIVE_SLOT_WORD];

    bool whole = !receiver->is_faulting; /* an answer to a fault is no more than registers */

    memcpy(target->words, source->words, sizeof(target->words));
    for (uint64_t i = MESSAGE_REGISTER_WORDS; whole && (info & MESSAGE_BUFFER) && i < LENGTH(info);
         i++) {
        receiver->buffer[i] = sender->buffer[i];
    }
    if (whole && info & MESSAGE_TRANSFER) {
        struct model_slot traveller = sender->slots[TRAVELLER(info)];

        info &= ~TRAVEL_BITS;
        if (model_fill_slot(to, place, traveller) == ERROR_NONE) {
            info |= MESSAGE_TRANSFER | place << MESSAGE_SLOT_SHIFT;
        }
    }
    target->rax = ERROR_NONE;
    target->rdi = badge;
    target->rsi = info;
}

/** A signal goes over as a message. */
static void deliver_signal(int to, int notification)
{
    struct model_registers *target = &model.threads[to].registers;

    target->rax = ERROR_NONE;
    target->rdi = model.bits[notification];
    target->rsi = MESSAGE_SIGNAL;
    model.bits[notification] = 0;
}

/** Somebody has got a caller's message, and may answer it. */
static void expect_answer(int caller, int server)
{
    model.threads[caller].state = THREAD_ANSWERING;
    model_put_slot(server, SLOT_LAST_CALLER, (struct model_slot){MODEL_CALLER, caller, 1, 0});
}

/** The current thread's message goes to an endpoint. */
enum error model_send(int endpoint, uint64_t badge, bool is_call, uint64_t timeout)
{
    int receiver = model_first(THREAD_RECEIVING, THREAD_RECEIVING, endpoint);

    if (!model_is_receivable(endpoint)) {
        return ERROR_PEER_ENDED;
    }
    if (receiver != MODEL_NOBODY) {
        deliver(model.current, receiver, badge);
        model_wake(receiver);
        if (is_call) {
            expect_answer(model.current, receiver);
            model_set_deadline(model_current(), timeout);
        }
        return ERROR_NONE;
    }
    if (timeout == TIMEOUT_NONE) {
        return ERROR_TIMEOUT;
    }
    model_current()->badge = badge;
    model_wait(is_call ? THREAD_CALLING : THREAD_SENDING, endpoint, timeout);
    return ERROR_NONE;
}

static enum error receive(uint64_t number, uint64_t timeout)
{
    struct model_slot *slot;
    enum error error = model_find_slot(number, MODEL_ENDPOINT, RIGHT_RECEIVE, &slot);
    int bound = model_current()->bound, sender;

    if (error != ERROR_NONE) {
        return error;
    }
    model_empty_slot(model.current, SLOT_LAST_CALLER);
    sender = model_first(THREAD_SENDING, THREAD_CALLING, slot->object);
    if (bound != MODEL_NOBODY && model.bits[bound] != 0) {
        deliver_signal(model.current, bound);
    } else if (sender != MODEL_NOBODY) {
        deliver(sender, model.current, model.threads[sender].badge);
        if (model.threads[sender].state == THREAD_CALLING) {
            expect_answer(sender, model.current);
        } else {
            model_wake(sender);
        }
    } else if (timeout == TIMEOUT_NONE) {
        return ERROR_TIMEOUT;
    } else {
        model_wait(THREAD_RECEIVING, slot->object, timeout);
    }
    return ERROR_NONE;
}

static enum error reply(uint64_t number, uint64_t info)
{
    struct model_slot *slot;
    enum error error = model_find_slot(number, MODEL_CALLER, 1, &slot);

    if (error != ERROR_NONE) {
        return number == SLOT_LAST_CALLER ? ERROR_NO_CALLER : error;
    }
    error = check(slot, info);
    if (error == ERROR_NONE) {
        int caller = slot->object;

        deliver(model.current, caller, 0);
        model_wake(caller);
    }
    return error;
}

static enum error reply_and_receive(uint64_t number, uint64_t info, uint64_t timeout)
{
    struct model_slot *slot;
    enum error error = model_find_slot(number, MODEL_ENDPOINT, RIGHT_RECEIVE, &slot);

    if (error == ERROR_NONE) {
        error = reply(SLOT_LAST_CALLER, info);
    }
    return error == ERROR_NONE ? receive(number, timeout) : error;
}

static enum error send(uint64_t number, uint64_t info, bool is_call, uint64_t timeout)
{
    struct model_slot *slot;
    enum error error = model_find_slot(number, MODEL_ENDPOINT, RIGHT_SEND, &slot);

    if (error == ERROR_NONE) {
        error = check(slot, info);
    }
    return error == ERROR_NONE ? model_send(slot->object, slot->badge, is_call, timeout) : error;
}

/** Bits are added to a notification's, and taken by who waits for them. */
void model_signal(int notification, uint64_t bits)
{
    int waiter = model_first(THREAD_WAITING, THREAD_WAITING, notification);

    model.bits[notification] |= bits;
    if (model.bits[notification] == 0) {
        return;
    }
    if (waiter != MODEL_NOBODY) {
        model.threads[waiter].registers.rax = ERROR_NONE;
        model.threads[waiter].registers.rdx = model.bits[notification];
        model.bits[notification] = 0;
        model_wake(waiter);
        return;
    }
    for (int i = 1; i < (int)THREAD_LIMIT; i++) {
        if (model.threads[i].bound == notification && model.threads[i].state == THREAD_RECEIVING) {
            deliver_signal(i, notification);
            model_wake(i);
        }
    }
}

static enum error signal_slot(uint64_t number)
{
    struct model_slot *slot;
    enum error error = model_find_slot(number, MODEL_NOTIFICATION, RIGHT_SEND, &slot);

    if (error == ERROR_NONE) {
        model_signal(slot->object, slot->badge);
    }
    return error;
}

static enum error wait_for_signals(uint64_t number, uint64_t timeout)
{
    struct model_slot *slot;
    enum error error = model_find_slot(number, MODEL_NOTIFICATION, RIGHT_RECEIVE, &slot);

    if (error != ERROR_NONE) {
        return error;
    }
    if (model.bits[slot->object] != 0) {
        model_current()->registers.rdx = model.bits[slot->object];
        model.bits[slot->object] = 0;
    } else if (timeout == TIMEOUT_NONE) {
        return ERROR_TIMEOUT;
    } else {
        model_wait(THREAD_WAITING, slot->object, timeout);
    }
    return ERROR_NONE;
}

static enum error bind_slot(uint64_t number)
{
    struct model_slot *slot;
    enum error error = model_find_slot(number, MODEL_NOTIFICATION, RIGHT_RECEIVE, &slot);

    for (int i = 0; error == ERROR_NONE && i < (int)THREAD_LIMIT; i++) {
        if (model.threads[i].bound == slot->object && i != model.current) {
            error = ERROR_BUSY;
        }
    }
    if (error == ERROR_NONE) {
        model_bind(slot->object, model.current);
    }
    return error;
}

/** Serves the calls for messages and signals. @return whether it is one of these */
bool model_serve_message(uint64_t call, const uint64_t arguments[4], enum error *error)
{
    uint64_t slot = arguments[0], info = arguments[1], timeout = arguments[2];

    switch (call) {
    case CALL_IPC_CALL:
    case CALL_IPC_SEND:
        *error = send(slot, info, call == CALL_IPC_CALL, timeout);
        return true;
    case CALL_IPC_RECV:
        *error = receive(slot, timeout);
        return true;
    case CALL_IPC_REPLY:
        *error = reply(slot, info);
        return true;
    case CALL_IPC_REPLY_RECV:
        *error = reply_and_receive(slot, info, timeout);
        return true;
    case CALL_NOTIFICATION_SIGNAL:
        *error = signal_slot(slot);
        return true;
    case CALL_NOTIFICATION_WAIT:
        *error = wait_for_signals(slot, arguments[1]);
        return true;
    case CALL_NOTIFICATION_BIND:
        *error = bind_slot(slot);
        return true;
    default:
        return false;
    }
}
