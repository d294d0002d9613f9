/**
 * @file
 * The model's system calls, but for those that take many steps.
 */
#include "models/calls.h"

#include "abi/memory.h"
#include "cap/cap.h"

static enum error find_own(uint64_t number, enum object_kind kind, uint64_t right, int *cap)
{
    *cap = model_cap_at(model_slot(model.current, number));
    if (*cap == MODEL_NOBODY || model.caps[*cap].kind != kind) {
        return ERROR_BAD_SLOT;
    }
    return (model.caps[*cap].rights & right) == right ? ERROR_NONE : ERROR_NO_RIGHT;
}

static enum error send(uint64_t number, uint64_t info, bool is_call, uint64_t timeout)
{
    int cap;
    enum error error = find_own(number, OBJECT_ENDPOINT, RIGHT_SEND, &cap);

    if (error == ERROR_NONE) {
        error = model_check(model.current, model.caps[cap].slot, info);
    }
    return error == ERROR_NONE
               ? model_send(model.current, model.caps[cap].object, info, is_call, timeout)
               : error;
}

static enum error reply_and_receive(uint64_t number, uint64_t info, uint64_t timeout)
{
    int cap;
    enum error error = find_own(number, OBJECT_ENDPOINT, RIGHT_RECEIVE, &cap);

    if (error == ERROR_NONE) {
        error = model_reply(model.current, SLOT_LAST_CALLER, info);
    }
    return error == ERROR_NONE ? model_receive(model.current, number, timeout) : error;
}

static enum error save(uint64_t to)
{
    int caller = model_caller(model_slot(model.current, SLOT_LAST_CALLER));
    struct slot *target;

    if (caller == MODEL_NOBODY) {
        return ERROR_NO_CALLER;
    }
    if (model_locate(model.current, to, &target) != ERROR_NONE ||
        model_cap_at(target) != MODEL_NOBODY || model_caller(target) != MODEL_NOBODY) {
        return ERROR_BAD_SLOT;
    }
    model_thread(caller)->reply = target;
    return ERROR_NONE;
}

static enum error signal_slot(uint64_t number)
{
    int cap;
    enum error error = find_own(number, OBJECT_NOTIFICATION, RIGHT_SEND, &cap);

    if (error == ERROR_NONE) {
        model_signal(model.caps[cap].object, model.caps[cap].badge);
    }
    return error;
}

static enum error wait_for_signals(uint64_t number, uint64_t timeout, uint64_t *value)
{
    int cap;
    enum error error = find_own(number, OBJECT_NOTIFICATION, RIGHT_RECEIVE, &cap);
    struct model_object *object;

    if (error != ERROR_NONE) {
        return error;
    }
    object = &model.objects[model.caps[cap].object];
    if (object->bits != 0) {
        *value = object->bits;
        object->bits = 0;
        return ERROR_NONE;
    }
    if (timeout == TIMEOUT_NONE) {
        return ERROR_TIMEOUT;
    }
    model_wait(model.current, THREAD_WAITING, model.caps[cap].object, timeout);
    return ERROR_NONE;
}

static enum error bind(uint64_t number)
{
    int cap;
    enum error error = find_own(number, OBJECT_NOTIFICATION, RIGHT_RECEIVE, &cap);

    for (int i = 0; error == ERROR_NONE && i < model.object_count; i++) {
        if (model_is_thread(i) && i != model.current &&
            model_thread(i)->bound == model.caps[cap].object) {
            error = ERROR_BUSY;
        }
    }
    if (error == ERROR_NONE) {
        model_thread(model.current)->bound = model.caps[cap].object;
    }
    return error;
}

static enum error map(const uint64_t arguments[4])
{
    int frame = model_find(model.current, arguments[0], OBJECT_FRAME);
    int space = model_find(model.current, arguments[1], OBJECT_SPACE);

    return frame == MODEL_NOBODY || space == MODEL_NOBODY
               ? ERROR_BAD_SLOT
               : model_map(frame, model.caps[space].object, arguments[2], arguments[3]);
}

static enum error unmap(uint64_t address)
{
    int frame = model_find(model.current, address, OBJECT_FRAME);

    if (frame != MODEL_NOBODY) {
        model.caps[frame].space = MODEL_NOBODY;
    }
    return frame == MODEL_NOBODY ? ERROR_BAD_SLOT : ERROR_NONE;
}

static enum error configure(const uint64_t arguments[4])
{
    static const enum object_kind kinds[3] = {OBJECT_CNODE, OBJECT_SPACE, OBJECT_FRAME};
    static const size_t places[3] = {offsetof(struct thread, cspace),
                                     offsetof(struct thread, space),
                                     offsetof(struct thread, frame)};
    int target = model_find(model.current, arguments[0], OBJECT_THREAD), parts[3];
    int thread = target == MODEL_NOBODY ? MODEL_NOBODY : model.caps[target].object;
    bool is_busy = false;

    for (int i = 0; i < 3; i++) {
        parts[i] = model_find(model.current, arguments[1 + i], kinds[i]);
        if (thread == MODEL_NOBODY || (parts[i] == MODEL_NOBODY && arguments[1 + i] != 0)) {
            return ERROR_BAD_SLOT;
        }
        is_busy |= parts[i] != MODEL_NOBODY && model_part(thread, places[i]) != MODEL_NOBODY;
    }
    if (is_busy) {
        return ERROR_BUSY;
    }
    if (parts[2] != MODEL_NOBODY && model.caps[parts[2]].size != 4096) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (parts[2] != MODEL_NOBODY &&
        ((model.caps[parts[2]].rights & 3) != 3 || model.caps[parts[2]].is_device)) {
        return ERROR_NO_RIGHT;
    }
    for (int i = 0; i < 3; i++) {
        if (parts[i] != MODEL_NOBODY) {
            model_derive((struct slot *)((char *)model_memory(thread) + places[i]),
                         model.caps[parts[i]], parts[i]);
        }
    }
    return ERROR_NONE;
}

static enum error start(int thread, bool anew)
{
    struct model_thread *at = model_thread(thread);
    bool stands = at->state == THREAD_STOPPED && (anew || at->has_started);

    stands |= anew && at->state == THREAD_ENDED;
    if (!model_is_whole(thread) && (stands || !anew)) {
        return ERROR_BAD_SLOT;
    }
    if (!stands) {
        return ERROR_BUSY;
    }
    at->has_started = true;
    at->has_result &= !anew;
    model_make_ready(thread);
    return ERROR_NONE;
}

static enum error set_level(int thread, uint64_t level)
{
    if (level >= PRIORITY_LEVELS) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (level > model_thread(model.current)->level) {
        return ERROR_NO_RIGHT;
    }
    model_thread(thread)->level = (unsigned)level;
    return ERROR_NONE;
}

static enum error serve_thread(uint64_t call, const uint64_t arguments[4], uint64_t *value)
{
    int cap = model_find(model.current, arguments[0], OBJECT_THREAD);
    int thread = cap == MODEL_NOBODY ? MODEL_NOBODY : model.caps[cap].object;

    if (thread == MODEL_NOBODY) {
        return ERROR_BAD_SLOT;
    }
    switch (call) {
    case CALL_THREAD_START:
        return start(thread, true);
    case CALL_THREAD_RESUME:
        return start(thread, false);
    case CALL_THREAD_STOP:
        model_halt(thread);
        return ERROR_NONE;
    case CALL_THREAD_SET_PRIORITY:
        return set_level(thread, arguments[1]);
    default: /* thread_read of the state */
        *value = model_thread(thread)->state == THREAD_STOPPED   ? 0
                 : model_thread(thread)->state == THREAD_ENDED   ? 1
                 : model_thread(thread)->state <= THREAD_RUNNING ? 2
                                                                 : 3;
        return ERROR_NONE;
    }
}

static uint64_t read_fact(int cap, uint64_t fact)
{
    const struct model_cap *at = &model.caps[cap];

    if (fact == SLOT_READ_KIND) {
        bool has_rights = at->kind == OBJECT_ENDPOINT || at->kind == OBJECT_NOTIFICATION ||
                          at->kind == OBJECT_FRAME;
        uint64_t rights = has_rights ? at->rights : 0;

        return at->kind | rights << 8 | (uint64_t)model_has_child(cap) << 16;
    }
    if (fact == SLOT_READ_ADDRESS) {
        return at->kind == OBJECT_FRAME ? at->start : 0;
    }
    switch (at->kind) {
    case OBJECT_UNTYPED:
        return fact == SLOT_READ_BADGE ? at->size : model_untyped_free(cap);
    case OBJECT_FRAME:
        if (fact == SLOT_READ_SIZE) {
            return at->size / 4096;
        }
        return at->space == MODEL_NOBODY ? 0 : at->address;
    case OBJECT_CNODE:
        return fact == SLOT_READ_BADGE ? model.objects[at->object].count : 0;
    case OBJECT_SPACE:
        return fact == SLOT_READ_BADGE
                   ? 0
                   : model.objects[at->object].count - model.objects[at->object].tables_used;
    case OBJECT_PORTS:
        return fact == SLOT_READ_BADGE ? PORTS_PART(at->start, at->size) : 0;
    case OBJECT_IRQ:
        return fact == SLOT_READ_BADGE ? at->start : 0;
    default:
        return fact == SLOT_READ_BADGE ? at->badge : 0;
    }
}

static enum error read_slot(uint64_t address, uint64_t fact, uint64_t *value)
{
    struct slot *slot;
    int cap;

    if (model_locate(model.current, address, &slot) != ERROR_NONE) {
        return ERROR_BAD_SLOT;
    }
    cap = model_cap_at(slot);
    if (fact > SLOT_READ_ADDRESS) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (cap != MODEL_NOBODY) {
        *value = read_fact(cap, fact);
    } else if (model_caller(slot) != MODEL_NOBODY && fact == SLOT_READ_KIND) {
        *value = OBJECT_REPLY;
    }
    return ERROR_NONE;
}

static enum error serve_time(uint64_t call, uint64_t ticks)
{
    if (call == CALL_TASK_EXIT) {
        model_thread(model.current)->state = THREAD_ENDED;
        model_forget_thread(model.current);
    } else if (call == CALL_TASK_YIELD || ticks == 0) {
        model_make_ready(model.current);
    } else {
        model_wait(model.current, THREAD_SLEEPING, MODEL_NOBODY, ticks);
    }
    return ERROR_NONE;
}

/** Serves a call of the current thread. */
enum error model_serve(enum call_number call, const uint64_t arguments[4], uint64_t *value)
{
    switch (call) {
    case CALL_IPC_CALL:
    case CALL_IPC_SEND:
        return send(arguments[0], arguments[1], call == CALL_IPC_CALL, arguments[2]);
    case CALL_IPC_RECV:
        return model_receive(model.current, arguments[0], arguments[2]);
    case CALL_IPC_REPLY:
        return model_reply(model.current, arguments[0], arguments[1]);
    case CALL_IPC_REPLY_RECV:
        return reply_and_receive(arguments[0], arguments[1], arguments[2]);
    case CALL_REPLY_SAVE:
        return save(arguments[0]);
    case CALL_NOTIFICATION_SIGNAL:
        return signal_slot(arguments[0]);
    case CALL_NOTIFICATION_WAIT:
        return wait_for_signals(arguments[0], arguments[1], value);
    case CALL_NOTIFICATION_BIND:
        return bind(arguments[0]);
    case CALL_SLOT_COPY:
        return model_copy(arguments[0], arguments[1], arguments[2], arguments[3]);
    case CALL_SLOT_MOVE:
        return model_move(arguments[0], arguments[1]);
    case CALL_SLOT_READ:
        return read_slot(arguments[0], arguments[1], value);
    case CALL_FRAME_MAP:
        return map(arguments);
    case CALL_FRAME_UNMAP:
        return unmap(arguments[0]);
    case CALL_THREAD_CONFIGURE:
        return configure(arguments);
    case CALL_TASK_EXIT:
    case CALL_TASK_YIELD:
    case CALL_TASK_SLEEP:
        return serve_time(call, arguments[0]);
    default:
        return serve_thread(call, arguments, value);
    }
}
