/**
 * @file
 * The fuzzer's calls about messages, signals and answers; and the threads that it talks to: a
 * helper that takes what travels and sends it back, and callers that wait for answers.
 */
#pragma once

#include "fuzz_pick.h"
#include "ipc.h"
#include "notification.h"

#define PEER_LEVEL 25u /* above the fuzzer's: they are always done before it goes on */

static slot helper_endpoint, callers_endpoint;
static slot invitations[CALLERS];
static struct root_thread helper;
static volatile uint64_t caller_errors[CALLERS];

/** The helper: its own capability space, the fuzzer's address space. */
static void help(uint64_t buffer)
{
    const slot endpoint = {HELPER_PLACES};
    uint64_t *words = ((struct ipc_buffer *)buffer)->words;
    struct message message;

    while (ipc_recv(endpoint, &message, TIMEOUT_INFINITE) == ERROR_NONE) {
        slot back = {message.words[0]};
        struct message answer = {.info = info_make(0, 2), .words = {message.info, 0}};

        words[MESSAGE_WITHHELD_WORD] = message.words[1];
        answer.info |= back.number != 0 ? info_transfer(back) : 0;
        answer.words[1] = ipc_reply(SLOT_REPLY, &answer);
        if (answer.words[1] != ERROR_NONE) {
            answer.info = info_make(0, 2);
            ipc_reply(SLOT_REPLY, &answer);
        }
    }
    root_thread_end();
}

/** A caller: calls whenever it is invited. */
static void call(uint64_t number)
{
    for (;;) {
        struct message message = {.info = info_make(0, 1), .words = {number}};

        notification_wait(invitations[number], TIMEOUT_INFINITE);
        caller_errors[number] = ipc_call(callers_endpoint, &message, TIMEOUT_INFINITE);
    }
}

/** What slots_find() is to say about one of the root task's own slots. */
static inline enum error find_error(struct where where, unsigned kind, uint64_t right)
{
    if (at(where)->kind != kind) {
        return ERROR_BAD_SLOT;
    }
    return at(where)->rights & right ? ERROR_NONE : ERROR_NO_RIGHT;
}

static inline uint64_t info_of(struct where travels)
{
    return info_make(0, 3) | info_transfer(slot_at(travels));
}

/** What is to be said about a message; `travels`: what its info word says that travels along. */
static inline enum error message_error(uint64_t info, struct where travels, bool grants)
{
    if (info & (MESSAGE_FAULT | MESSAGE_SIGNAL) ||
        (info & MESSAGE_BUFFER && (info & MESSAGE_LENGTH_MASK) > MESSAGE_WORDS_MAX)) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (info & MESSAGE_TRANSFER) {
        if (!grants) {
            return ERROR_NO_RIGHT;
        }
        return model_is_copyable(at(travels)) ? ERROR_NONE : ERROR_BAD_SLOT;
    }
    return ERROR_NONE;
}

/** A slot that a message names: one of the root task's own, or none. */
static inline struct where pick_travels(void)
{
    struct where where = pick_own((unsigned)(1 + below(OBJECT_PORTS)));

    return where.place != PLACE_NONE ? where : (struct where){UINT16_MAX, PLACE_NONE, PLACE_NONE};
}

static inline uint64_t any_info(struct where travels)
{
    static const uint64_t wrong[] = {MESSAGE_FAULT, MESSAGE_SIGNAL,
                                     MESSAGE_BUFFER | (MESSAGE_WORDS_MAX + 1)};

    if (one_in(8)) {
        return wrong[below(3)];
    }
    return one_in(2) ? info_of(travels) : info_make((uint32_t)absurd(), below(20));
}

/** To an endpoint that nobody receives from. */
static inline void try_send(void)
{
    struct where to = pick_own(OBJECT_ENDPOINT), travels = pick_travels();
    struct message message = {.info = any_info(travels)};
    enum error expected = find_error(to, OBJECT_ENDPOINT, RIGHT_SEND);

    if (expected == ERROR_NONE) {
        expected = message_error(message.info, travels, at(to)->rights & RIGHT_GRANT);
    }
    if (expected == ERROR_NONE) {
        expected = model_can_receive(at(to)->object) ? ERROR_TIMEOUT : ERROR_PEER_ENDED;
    }
    if (one_in(2)) {
        expect_error(ipc_send(slot_at(to), &message, TIMEOUT_NONE), expected);
    } else {
        expect_error(ipc_call(slot_at(to), &message, TIMEOUT_NONE), expected);
    }
}

/** Who receives gives up the last caller. */
static inline void give_up_caller(void)
{
    if (model.last_caller >= 0) {
        model_refuse(model.last_caller);
        model.last_caller = -1;
    }
}

/** Whether the bound notification has signals: then they are what is received. */
static inline bool has_signals(void)
{
    return model.bound >= 0 && model.notifications[model.bound].bits != 0;
}

static inline void expect_signals(const struct message *message)
{
    expect_word("a signal's info word", message->info, MESSAGE_SIGNAL);
    expect_word("received bits", message->badge, model.notifications[model.bound].bits);
    model.notifications[model.bound].bits = 0;
}

static inline void try_receive(void)
{
    struct where from = pick_own(OBJECT_ENDPOINT);
    struct message message;
    enum error expected = find_error(from, OBJECT_ENDPOINT, RIGHT_RECEIVE);

    if (expected == ERROR_NONE) {
        give_up_caller();
        expected = has_signals() ? ERROR_NONE : ERROR_TIMEOUT;
    }
    if (expect_error(ipc_recv(slot_at(from), &message, TIMEOUT_NONE), expected)) {
        expect_signals(&message);
    }
}

/** A capability arrives, or not. @return the info bits that say so */
static inline uint64_t arrives(int to, uint64_t number, int from, uint64_t withheld)
{
    struct entry copy = model_copy_of(from);

    if (to == PLACE_NONE || model.places[to].kind != 0 ||
        model_mint(&copy, RIGHTS_ALL & ~withheld, 0) != ERROR_NONE) {
        return 0;
    }
    model_put(to, copy, from);
    return info_transfer((slot){number});
}

/** A capability goes to the helper, and another one, or the same, comes back. */
static inline void try_transfer(void)
{
    struct where travels = pick_travels(), back = pick_own(0);
    uint64_t there = below(HELPER_PLACES), returns = below(HELPER_PLACES);
    uint64_t withheld = one_in(2) ? 0 : absurd(), withheld_back = one_in(2) ? 0 : below(8);
    struct message message = {.info = info_of(travels), .words = {returns, withheld_back}};
    enum error expected = message_error(message.info, travels, true);
    uint64_t info = info_make(0, 3);
    const struct entry *returned = &model.places[PLACE_HELPER + (int)returns];

    helper.buffer->receive_slot = one_in(12) ? absurd() << 32 | there : there;
    ipc_buffer->receive_slot = back.address;
    ipc_buffer->words[MESSAGE_WITHHELD_WORD] = withheld;
    if (expected == ERROR_NONE) {
        bool can_arrive = there != 0 && helper.buffer->receive_slot == there;

        info |= arrives(can_arrive ? PLACE_HELPER + (int)there : PLACE_NONE, there, travels.place,
                        withheld);
    }
    if (expect_error(ipc_call(helper_endpoint, &message, TIMEOUT_INFINITE), expected)) {
        bool can_return = returns == 0 || model_is_copyable(returned);

        expect_word("the helper's info word", message.words[0], info);
        expect_word("the helper's answer", message.words[1], can_return ? 0 : ERROR_BAD_SLOT);
        info = info_make(0, 2);
        if (returns != 0 && can_return) {
            info |= arrives(back.place, back.address, PLACE_HELPER + (int)returns, withheld_back);
        }
        expect_word("the answer's info word", message.info, info);
    }
    compare(where_is(PLACE_HELPER + (int)there));
    compare(back);
}

/** Lets the callers come to their next wait: they are no more important than the fuzzer while it
 * works for one of them. A second turn is for one whose first has been cut short by the timer. */
static inline void settle(void)
{
    task_yield();
    task_yield();
}

/** Has a caller call, and receives that. */
static inline void try_invite(void)
{
    int number = (int)below(CALLERS);
    struct message message = {0};

    if (model.waits[number]) {
        return;
    }
    settle();
    expect_word("a caller's error", caller_errors[number], model.answers[number]);
    expect_error(notification_signal(invitations[number]), ERROR_NONE);
    settle();
    do {
        bool is_signal = has_signals();

        give_up_caller();
        expect_error(ipc_recv(callers_endpoint, &message, TIMEOUT_NONE), ERROR_NONE);
        if (is_signal) {
            expect_signals(&message);
        }
    } while (message.info & MESSAGE_SIGNAL);
    expect_word("the caller's word", message.words[0], (uint64_t)number);
    model.last_caller = number;
    model.waits[number] = true;
}

static inline void try_save(void)
{
    struct where to = pick(0);
    enum error expected = ERROR_NONE;

    if (model.last_caller < 0) {
        expected = ERROR_NO_CALLER;
    } else if (!is_empty(to)) {
        expected = ERROR_BAD_SLOT;
    }
    if (expect_error(reply_save(slot_at(to)), expected)) {
        struct entry entry = {.kind = OBJECT_REPLY, .object = (int16_t)model.last_caller};

        model_put(to.place, entry, PLACE_NONE);
        model.last_caller = -1;
    }
    compare(to);
}

static inline void try_reply(void)
{
    struct where to = pick_own(OBJECT_REPLY);
    struct message message = {.info = one_in(8) ? MESSAGE_SIGNAL : info_make(0, 1)};
    enum error expected = at(to)->kind == OBJECT_REPLY ? ERROR_NONE : ERROR_BAD_SLOT;
    int caller = at(to)->object;

    if (one_in(2)) {
        to = (struct where){SLOT_LAST_CALLER, PLACE_NONE, PLACE_NONE};
    }
    if (to.address == SLOT_LAST_CALLER) {
        caller = model.last_caller;
        expected = caller < 0 ? ERROR_NO_CALLER : ERROR_NONE;
    }
    if (expected == ERROR_NONE) {
        expected = message_error(message.info, to, true);
    }
    if (expect_error(ipc_reply(slot_at(to), &message), expected)) {
        model.waits[caller] = false;
        model.answers[caller] = ERROR_NONE;
        if (to.place == PLACE_NONE) {
            model.last_caller = -1;
        } else {
            model.places[to.place] = (struct entry){0};
        }
    }
}

static inline void try_signal(void)
{
    struct where to = pick_own(OBJECT_NOTIFICATION);
    enum error expected = find_error(to, OBJECT_NOTIFICATION, RIGHT_SEND);

    if (expect_error(notification_signal(slot_at(to)), expected)) {
        model.notifications[at(to)->object].bits |= at(to)->badge;
    }
}

static inline void try_wait(void)
{
    struct where from = pick_own(OBJECT_NOTIFICATION);
    struct model_signals *signals = &model.notifications[at(from)->object % SIGNALS];
    enum error expected = find_error(from, OBJECT_NOTIFICATION, RIGHT_RECEIVE);
    struct call_result taken = notification_wait(slot_at(from), TIMEOUT_NONE);

    if (expected == ERROR_NONE && signals->bits == 0) {
        expected = ERROR_TIMEOUT;
    }
    if (expect_error(taken.error, expected)) {
        expect_word("a notification's bits", taken.value, signals->bits);
        signals->bits = 0;
    }
}

static inline void try_bind(void)
{
    struct where to = pick_own(OBJECT_NOTIFICATION);
    enum error expected = find_error(to, OBJECT_NOTIFICATION, RIGHT_RECEIVE);

    if (expect_error(notification_bind(slot_at(to)), expected)) {
        model.bound = at(to)->object;
    }
}
