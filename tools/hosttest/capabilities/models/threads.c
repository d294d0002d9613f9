/**
 * @file
 * The model's threads: who waits for whom.
 */
#include "abi/message.h"
#include "arch/paging.h"
#include "models/model.h"

#define CHAIN_MOST 8 /* as far as suites build chains of calls */

/** @return the thread of a number */
struct model_thread *model_thread(int object)
{
    return model.objects[object].thread;
}

/** @return the capability to a part of a thread; MODEL_NOBODY: it has none */
int model_part(int thread, size_t offset)
{
    return model_cap_at((struct slot *)((char *)model_memory(thread) + offset));
}

/** @return whether a thread has all parts that it needs */
bool model_is_whole(int thread)
{
    return model_part(thread, offsetof(struct thread, cspace)) != MODEL_NOBODY &&
           model_part(thread, offsetof(struct thread, space)) != MODEL_NOBODY &&
           model_part(thread, offsetof(struct thread, frame)) != MODEL_NOBODY;
}

/** @return whether a number is that of a living thread */
bool model_is_thread(int number)
{
    return model.objects[number].is_alive && model.objects[number].kind == OBJECT_THREAD;
}

/** A thread is ready, behind all others. */
void model_make_ready(int thread)
{
    model_thread(thread)->state = THREAD_READY;
    model_thread(thread)->since = ++model.back;
}

/** A wait ends. */
void model_wake(int thread, enum error result)
{
    struct model_thread *at = model_thread(thread);

    at->deadline = 0;
    at->reply = NULL;
    at->at = MODEL_NOBODY;
    at->has_result = true;
    at->result = result;
    model_make_ready(thread);
}

/** A thread stops. */
void model_halt(int thread)
{
    struct model_thread *at = model_thread(thread);

    at->deadline = 0;
    if (at->state >= THREAD_SENDING) {
        model_wake(thread, ERROR_STOPPED);
    }
    if (at->state != THREAD_ENDED) {
        at->state = THREAD_STOPPED;
    }
}

/** @return the thread that a slot may answer; MODEL_NOBODY: none */
int model_caller(const struct slot *reply)
{
    for (int i = 0; i < model.object_count; i++) {
        if (model_is_thread(i) && model_thread(i)->state == THREAD_ANSWERING &&
            model_thread(i)->reply == reply) {
            return i;
        }
    }
    return MODEL_NOBODY;
}

static struct slot *caller_slot(int thread)
{
    return &((struct thread *)model_memory(thread))->caller;
}

/** Nobody waits for a thread's answer, and it serves nobody. */
void model_forget_thread(int thread)
{
    int caller = model_caller(caller_slot(thread));

    if (caller != MODEL_NOBODY) {
        model_wake(caller, ERROR_PEER_ENDED);
    }
    for (int i = 0; i < model.object_count; i++) {
        if (model.objects[i].server == thread) {
            model.objects[i].server = MODEL_NOBODY;
        }
    }
}

/** @return the thread that has waited at an object for longest: to get something, or to send */
int model_first(int object, bool receives)
{
    int first = MODEL_NOBODY;

    for (int i = 0; i < model.object_count; i++) {
        const struct model_thread *thread = model_thread(i);

        if (!model_is_thread(i) || thread->at != object ||
            (thread->state == THREAD_RECEIVING || thread->state == THREAD_WAITING) != receives) {
            continue;
        }
        if (first == MODEL_NOBODY || thread->since < model_thread(first)->since) {
            first = i;
        }
    }
    return first;
}

/** @return whether somebody may receive from an endpoint */
bool model_may_receive(int endpoint)
{
    for (int i = 0; i < model.cap_count; i++) {
        const struct model_cap *cap = &model.caps[i];

        if (cap->slot != NULL && cap->object == endpoint && cap->rights & RIGHT_RECEIVE) {
            return true;
        }
    }
    return false;
}

/** A thread waits. */
void model_wait(int thread, enum thread_state state, int at, uint64_t timeout)
{
    struct model_thread *waits = model_thread(thread);

    waits->state = state;
    waits->at = at;
    waits->since = ++model.back;
    waits->deadline = timeout == TIMEOUT_INFINITE ? 0 : model.ticks + 1 + timeout;
}

static uint64_t *buffer_of(int thread)
{
    int part = model_part(thread, offsetof(struct thread, frame));

    return paging_window(model.caps[part].start);
}

/** A capability travels. */
static void deliver(int from, int to, uint64_t info)
{
    int cap = model_cap_at(model_slot(from, info >> MESSAGE_SLOT_SHIFT & MESSAGE_SLOT_MASK));
    uint64_t number = buffer_of(to)[MESSAGE_RECEIVE_SLOT_WORD];
    struct slot *target;
    struct model_cap content;

    if ((info & MESSAGE_TRANSFER) == 0 || !model_is_copyable(cap) || number >> 32 != 0 ||
        model_locate(to, number, &target) != ERROR_NONE || model_cap_at(target) != MODEL_NOBODY ||
        model_caller(target) != MODEL_NOBODY) {
        return;
    }
    content = model.caps[cap];
    if (model_mint(&content, RIGHTS_ALL & ~buffer_of(from)[MESSAGE_WITHHELD_WORD], 0) ==
        ERROR_NONE) {
        model_derive(target, content, cap);
    }
}

static void expect_answer(int caller, int server)
{
    model_thread(caller)->state = THREAD_ANSWERING;
    model_thread(caller)->at = MODEL_NOBODY;
    model_thread(caller)->reply = caller_slot(server);
}

/** Whether a message may be sent through a slot. */
enum error model_check(int thread, const struct slot *through, uint64_t info)
{
    int cap = model_cap_at(through);
    struct slot *slot = model_slot(thread, info >> MESSAGE_SLOT_SHIFT & MESSAGE_SLOT_MASK);

    if ((info & MESSAGE_TRANSFER) == 0) {
        return ERROR_NONE;
    }
    if (cap != MODEL_NOBODY && (model.caps[cap].rights & RIGHT_GRANT) == 0) {
        return ERROR_NO_RIGHT;
    }
    return model_is_copyable(model_cap_at(slot)) ? ERROR_NONE : ERROR_BAD_SLOT;
}

/** A thread sends. */
enum error model_send(int thread, int endpoint, uint64_t info, bool is_call, uint64_t timeout)
{
    int receiver = model_first(endpoint, true);

    if (!model_may_receive(endpoint)) {
        return ERROR_PEER_ENDED;
    }
    if (receiver != MODEL_NOBODY) {
        deliver(thread, receiver, info);
        model_wake(receiver, ERROR_NONE);
        if (is_call) {
            model_wait(thread, THREAD_CALLING, endpoint, timeout);
            expect_answer(thread, receiver);
        }
        return ERROR_NONE;
    }
    if (timeout == TIMEOUT_NONE) {
        return ERROR_TIMEOUT;
    }
    model_wait(thread, is_call ? THREAD_CALLING : THREAD_SENDING, endpoint, timeout);
    model_thread(thread)->info = info;
    return ERROR_NONE;
}

static void take_message(int thread, int sender)
{
    deliver(sender, thread, model_thread(sender)->info);
    if (model_thread(sender)->state == THREAD_CALLING) {
        expect_answer(sender, thread);
    } else {
        model_wake(sender, ERROR_NONE);
    }
}

/** A thread receives: it serves this endpoint, and no other. */
static void serve(int thread, int endpoint)
{
    for (int i = 0; i < model.object_count; i++) {
        if (model.objects[i].server == thread) {
            model.objects[i].server = MODEL_NOBODY;
        }
    }
    model.relieved = model.objects[endpoint].server;
    model.objects[endpoint].server = thread;
}

/** A thread receives. */
enum error model_receive(int thread, uint64_t number, uint64_t timeout)
{
    int cap = model_cap_at(model_slot(thread, number)), endpoint, sender, last;
    int bound = model_thread(thread)->bound;

    if (cap == MODEL_NOBODY || model.caps[cap].kind != OBJECT_ENDPOINT) {
        return ERROR_BAD_SLOT;
    }
    if ((model.caps[cap].rights & RIGHT_RECEIVE) == 0) {
        return ERROR_NO_RIGHT;
    }
    last = model_caller(caller_slot(thread));
    if (last != MODEL_NOBODY) {
        model_wake(last, ERROR_PEER_ENDED);
    }
    endpoint = model.caps[cap].object;
    serve(thread, endpoint);
    sender = model_first(endpoint, false);
    if (bound != MODEL_NOBODY && model.objects[bound].bits != 0) {
        model.objects[bound].bits = 0;
    } else if (sender != MODEL_NOBODY) {
        take_message(thread, sender);
    } else if (timeout == TIMEOUT_NONE) {
        return ERROR_TIMEOUT;
    } else {
        model_wait(thread, THREAD_RECEIVING, endpoint, timeout);
    }
    return ERROR_NONE;
}

/** A thread answers. */
enum error model_reply(int thread, uint64_t number, uint64_t info)
{
    struct slot *slot = model_slot(thread, number);
    int caller = slot == NULL ? MODEL_NOBODY : model_caller(slot);
    enum error error;

    if (caller == MODEL_NOBODY) {
        return number == SLOT_LAST_CALLER ? ERROR_NO_CALLER : ERROR_BAD_SLOT;
    }
    error = model_check(thread, NULL, info);
    if (error == ERROR_NONE) {
        deliver(thread, caller, info);
        model_wake(caller, ERROR_NONE);
    }
    return error;
}

/** A signal. */
void model_signal(int notification, uint64_t bits)
{
    struct model_object *object = &model.objects[notification];
    int waiter = model_first(notification, true);

    object->bits |= bits;
    for (int i = 0; waiter == MODEL_NOBODY && i < model.object_count; i++) {
        if (model_is_thread(i) && model_thread(i)->bound == notification &&
            model_thread(i)->state == THREAD_RECEIVING) {
            waiter = i;
        }
    }
    if (object->bits != 0 && waiter != MODEL_NOBODY) {
        object->bits = 0;
        model_wake(waiter, ERROR_NONE);
    }
}

/** @return whether a thread waits for another one: for its answer, or for it to receive */
static bool waits_for(int thread, int other)
{
    const struct model_thread *waits = model_thread(thread);

    if (!model_is_thread(thread) || thread == other) {
        return false;
    }
    if (waits->state == THREAD_ANSWERING) {
        return waits->reply == caller_slot(other);
    }
    return (waits->state == THREAD_SENDING || waits->state == THREAD_CALLING) &&
           model.objects[waits->at].server == other;
}

/** @return whether somebody waits for a thread */
bool model_is_awaited(int thread)
{
    for (int i = 0; i < model.object_count; i++) {
        if (waits_for(i, thread)) {
            return true;
        }
    }
    return false;
}

/** The most important of those who wait for a thread, and of those who wait for these. */
static unsigned level_along(int thread, unsigned steps)
{
    unsigned highest = model_thread(thread)->level;

    for (int i = 0; steps > 0 && i < model.object_count; i++) {
        if (waits_for(i, thread)) {
            unsigned level = level_along(i, steps - 1);

            highest = level > highest ? level : highest;
        }
    }
    return highest;
}

/** @return how important a thread is: as the most important one that waits for it */
unsigned model_level(int thread)
{
    return level_along(thread, CHAIN_MOST);
}
