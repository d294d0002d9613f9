/**
 * @file
 * Resource managers: the loop of those that need none of their own.
 *
 * With each answer the next request comes, so answers that are given later bring requests at a time
 * when another one is being handled: they are held until then. There are never more than
 * MANAGER_WAITING_MAX + 1 of them. For the sum of those held and those that wait for their answer
 * grows only when one is fetched without an answer, and that is done only when none is held.
 */
#include "manager.h"

#include <stdbool.h>

#include "errno.h"

#include "notification.h"

#define SIGNALS ((slot){MANAGER_SIGNALS})
#define BADGED ((slot){MANAGER_SIGNALS + 1}) /* a copy of it that can be sent */
#define BADGE 1u

#define HELD_MAX (MANAGER_WAITING_MAX + 1)

static struct manager manager;
static const struct manager_handlers *handlers;
static int failure; /* why nothing can be fetched any more */

static struct manager_call held[HELD_MAX]; /* a ring */
static unsigned held_first, held_count;

static uint64_t waiting[MANAGER_WAITING_MAX]; /* tags of those that are answered later; 0: free */

static uint64_t handled;                  /* tag of the request that is being handled */
static uint8_t read_bytes[FILE_DATA_MAX]; /* what was read for it */

/** Makes the notification, and becomes the manager. @return as manager_run() */
static int attach(slot files, const char *path)
{
    int error = EBUSY;

    if (notification_create(SIGNALS) == ERROR_NONE &&
        slot_copy(BADGED, SIGNALS, RIGHT_SEND, BADGE) == ERROR_NONE) {
        error = manager_attach(&manager, files, path, BADGED);
    }
    slot_delete(BADGED);
    return error;
}

/** Sends an answer, or none, and holds the request that comes with it. */
static void exchange(const struct manager_answer *answer)
{
    struct manager_call *call = &held[(held_first + held_count) % HELD_MAX];
    int error = manager_next(&manager, answer, call);

    if (error != 0) {
        failure = error;
    } else if (call->tag != 0) {
        held_count++;
    }
}

/** @return the place of a tag among those that wait; with 0 a free one; NULL: there is none */
static uint64_t *find_waiting(uint64_t tag)
{
    for (unsigned i = 0; i < MANAGER_WAITING_MAX; i++) {
        if (waiting[i] == tag) {
            return &waiting[i];
        }
    }
    return NULL;
}

/** Sends the answer that a function's result means. @param bytes what was read, if it was a read */
static void send(uint64_t tag, int64_t result, const void *bytes)
{
    struct manager_answer answer = {.tag = tag};

    if (result < 0) {
        answer.error = (int)-result;
    } else {
        answer.result = (uint64_t)result;
        answer.bytes = bytes;
        answer.size = bytes == NULL ? 0 : (size_t)result;
    }
    exchange(&answer);
}

static int64_t handle_open(const struct manager_call *call)
{
    return handlers->open == NULL ? 0 : handlers->open(call->bytes, (unsigned)call->first);
}

static int64_t handle_close(const struct manager_call *call)
{
    if (handlers->close != NULL) {
        handlers->close(call->handle);
    }
    return 0;
}

static int64_t handle_read(const struct manager_call *call)
{
    size_t size = call->first < FILE_DATA_MAX ? call->first : FILE_DATA_MAX;
    int64_t result = -EINVAL;

    if (handlers->read != NULL) {
        result = handlers->read(call->handle, call->second, read_bytes, size);
    }
    return result > (int64_t)size ? -EIO : result;
}

static int64_t handle_write(const struct manager_call *call)
{
    if (handlers->write == NULL) {
        return -EINVAL;
    }
    return handlers->write(call->handle, call->second, call->bytes, call->length);
}

static int64_t handle_control(const struct manager_call *call)
{
    if (handlers->control == NULL) {
        return -ENOTTY;
    }
    return handlers->control(call->handle, call->first, call->second);
}

/** Handles a request. @return the function's result */
static int64_t handle(const struct manager_call *call)
{
    switch (call->request) {
    case MANAGER_OPEN:
        return handle_open(call);
    case MANAGER_CLOSE:
        return handle_close(call);
    case MANAGER_READ:
        return handle_read(call);
    case MANAGER_WRITE:
        return handle_write(call);
    case MANAGER_CONTROL:
        return handle_control(call);
    default:
        return -ENOSYS;
    }
}

/** Nobody waits for an answer any more. */
static void cancel(uint64_t tag)
{
    uint64_t *place = find_waiting(tag);

    if (tag != 0 && place != NULL) {
        *place = 0;
        if (handlers->cancel != NULL) {
            handlers->cancel(tag);
        }
    }
}

/** Handles a request, and sends its answer unless that comes later. */
static void serve(const struct manager_call *call)
{
    uint64_t *place;
    int64_t result;

    if (call->request == MANAGER_CANCEL) {
        cancel(call->first);
        return;
    }
    handled = call->tag;
    result = handle(call);
    place = find_waiting(0);
    if (result != MANAGER_LATER) {
        send(call->tag, result, call->request == MANAGER_READ ? read_bytes : NULL);
    } else if (place == NULL) {
        send(call->tag, -EAGAIN, NULL);
    } else {
        *place = call->tag;
    }
}

/** Serves all that is asked, until nothing is left. */
static void serve_all(void)
{
    static const struct manager_answer none;

    exchange(&none);
    while (failure == 0 && held_count > 0) {
        static struct manager_call call;

        call = held[held_first];
        held_first = (held_first + 1) % HELD_MAX;
        held_count--;
        serve(&call);
        if (held_count == 0 && failure == 0) {
            exchange(&none);
        }
    }
}

/**
 * Answers for a path, as long as there is a VFS server. The program needs a page of memory of its
 * own, as every program has it.
 *
 * @param files  the VFS server
 * @param path   which is nobody else's yet
 * @param what   what to do
 * @return why it cannot be, or goes on no more: EBUSY when the slots from MANAGER_SIGNALS on are in
 *         use; what FILE_ATTACH is refused with; EIO; EPROTO
 */
int manager_run(slot files, const char *path, const struct manager_handlers *what)
{
    handlers = what;
    failure = attach(files, path);
    while (failure == 0) {
        serve_all();
        if (failure == 0 && notification_wait(SIGNALS, TIMEOUT_INFINITE).error != ERROR_NONE) {
            failure = EIO;
        }
    }
    return failure;
}

/** @return the tag of the request that is being handled: for whoever answers it later */
uint64_t manager_tag(void)
{
    return handled;
}

/**
 * Answers a request whose function has given MANAGER_LATER. To be called by one of the functions;
 * if nobody waits for this answer any more it does nothing.
 *
 * @param tag     the request's
 * @param result  as the function would have given it
 * @param bytes   of a read, as many as the result says, at most FILE_DATA_MAX; else NULL
 */
void manager_answer(uint64_t tag, int64_t result, const void *bytes)
{
    uint64_t *place = find_waiting(tag);

    if (tag != 0 && place != NULL) {
        *place = 0;
        send(tag, result, bytes);
    }
}
