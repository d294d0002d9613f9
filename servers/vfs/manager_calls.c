/**
 * @file
 * Calls: what is asked of a manager, from the question to the answer. See managers.h.
 */
#include <errno.h>
#include <string.h>

#include "managers.h"

#define ERRORS_MAX 4095u /* error numbers are below */

static uint64_t last_tag;

static void enqueue(struct manager *manager, struct manager_call *call)
{
    call->next = NULL;
    if (manager->last != NULL) {
        manager->last->next = call;
    } else {
        manager->first = call;
    }
    manager->last = call;
    manager_signal(manager);
}

static void take_out(struct manager *manager, const struct manager_call *call)
{
    struct manager_call *before = NULL, *at = manager->first;

    while (at != call) {
        before = at;
        at = at->next;
    }
    if (before != NULL) {
        before->next = call->next;
    } else {
        manager->first = call->next;
    }
    if (manager->last == call) {
        manager->last = before;
    }
}

static void set_free(struct manager *manager, struct manager_call *call)
{
    call->state = CALL_FREE;
    manager->used--;
    worker_wake_first(&manager->room);
}

/** Puts a call into the queue. There is room. */
static struct manager_call *add(struct manager *manager, const struct manager_call *question)
{
    struct manager_call *call = manager->calls;

    while (call->state != CALL_FREE) {
        call++;
    }
    *call = *question;
    call->state = CALL_QUEUED;
    call->tag = ++last_tag;
    manager->used++;
    enqueue(manager, call);
    return call;
}

/** Nobody waits for a call's answer any more. */
static void abandon(struct manager *manager, struct manager_call *call)
{
    call->has_worker = false;
    call->bytes = NULL;
    call->room = NULL;
    if (call->state == CALL_FETCHED) {
        call->state = CALL_ABANDONED;
        enqueue(manager, call);
        return;
    }
    if (call->state == CALL_QUEUED) {
        take_out(manager, call);
    }
    set_free(manager, call);
}

/** Waits until there is room for a call. @return 0; EINTR: the client has ended; EIO: the manager
 * has */
static int await_room(struct manager *manager)
{
    uint64_t number = manager->number;

    while (manager->used + manager->files >= MANAGER_CALLS) {
        if (!worker_sleep(&manager->room)) {
            return EINTR;
        }
        if (manager->number != number) {
            return EIO;
        }
    }
    return 0;
}

/**
 * Asks a manager, and waits for its answer.
 *
 * @param manager   which
 * @param question  what: all but the state; its error, its result and what is in its room are set
 * @return 0; EINTR: the client has ended; EIO: the manager has; or what it has answered
 */
int manager_ask(struct manager *manager, struct manager_call *question)
{
    struct manager_call *call;
    int error = await_room(manager);

    if (error != 0) {
        return error;
    }
    question->has_worker = true;
    call = add(manager, question);
    while (call->state != CALL_ANSWERED) {
        if (!worker_sleep(&call->waiting)) {
            abandon(manager, call);
            return EINTR;
        }
    }
    question->result = call->result;
    question->error = call->error;
    set_free(manager, call);
    return question->error;
}

/** One of a manager's open files keeps no room for a call any more. */
void manager_file_gone(struct manager *manager)
{
    manager->files--;
    worker_wake_first(&manager->room);
}

/** Tells a manager something, in the room that one of its open files has kept for that. */
void manager_tell(struct manager *manager, enum manager_request what, uint64_t handle)
{
    struct manager_call call = {.what = what, .handle = handle};

    add(manager, &call);
}

/** Copies what has come back. @return how many bytes count */
static uint64_t take_bytes(const struct manager_call *call, const struct manager_call *answer)
{
    uint64_t size = answer->result < call->room_size ? answer->result : call->room_size;

    if (call->room != NULL) {
        size = size < answer->size ? size : answer->size;
        memcpy(call->room, answer->bytes, size);
    }
    return size;
}

/** Closes what an abandoned call has opened. The call itself is used for that. */
static void close_opened(struct manager *manager, struct manager_call *call, uint64_t handle)
{
    *call = (struct manager_call){
        .state = CALL_QUEUED, .what = MANAGER_CLOSE, .handle = handle, .tag = ++last_tag};
    enqueue(manager, call);
}

/**
 * Takes a manager's answer. What it does not have, or has not been asked, means nothing.
 *
 * @param tag     of the call
 * @param answer  error, result, bytes and their size
 */
void manager_answer(struct manager *manager, uint64_t tag, const struct manager_call *answer)
{
    struct manager_call *call = manager->calls, *end = manager->calls + MANAGER_CALLS;

    while (call < end &&
           (call->tag != tag || (call->state != CALL_FETCHED && call->state != CALL_ABANDONED))) {
        call++;
    }
    if (call == end) {
        return;
    }
    if (call->state == CALL_ABANDONED) {
        take_out(manager, call);
        if (call->what == MANAGER_OPEN && answer->error == 0) {
            close_opened(manager, call, answer->result);
        } else {
            set_free(manager, call);
        }
        return;
    }
    call->error = answer->error >= 0 && answer->error <= (int)ERRORS_MAX ? answer->error : EIO;
    call->result = answer->result;
    if (call->what == MANAGER_READ || call->what == MANAGER_WRITE) {
        call->result = call->error == 0 ? take_bytes(call, answer) : 0;
    }
    call->state = CALL_ANSWERED;
    worker_wake_all(&call->waiting);
}

/**
 * Hands a manager what has waited longest.
 *
 * @param call  set to a copy; its bytes stay where they are until the next sleep
 * @return false: there is nothing
 */
bool manager_fetch(struct manager *manager, struct manager_call *call)
{
    struct manager_call *first = manager->first;

    if (first == NULL) {
        return false;
    }
    take_out(manager, first);
    *call = *first;
    if (first->state == CALL_ABANDONED) {
        *call = (struct manager_call){.what = MANAGER_CANCEL,
                                      .handle = first->handle,
                                      .words = {first->tag},
                                      .tag = ++last_tag};
    }
    if (first->has_worker) {
        first->state = CALL_FETCHED;
    } else {
        set_free(manager, first); /* its answer means nothing */
    }
    return true;
}

/** Ends all calls of a manager that has ended. */
void manager_calls_end(struct manager *manager)
{
    manager->first = NULL;
    manager->last = NULL;
    worker_wake_all(&manager->room);
    for (struct manager_call *call = manager->calls; call < manager->calls + MANAGER_CALLS;
         call++) {
        if (call->state == CALL_QUEUED || call->state == CALL_FETCHED) {
            call->error = EIO;
            call->result = 0;
        }
        if (call->state != CALL_FREE && call->has_worker) {
            call->state = CALL_ANSWERED;
            worker_wake_all(&call->waiting);
        } else if (call->state != CALL_FREE) {
            set_free(manager, call);
        }
    }
}
