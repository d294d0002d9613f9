/**
 * @file
 * The model's slots, and the objects that they name.
 */
#include "abi/call.h"
#include "models/inside.h"

/** @return whether a thread's slot names an object so */
static bool names(const struct model_slot *slot, enum model_kind kind, int object, uint64_t rights)
{
    return slot->kind == kind && slot->object == object && (slot->rights & rights) != 0;
}

/** @return the first slot of all that names an object with one of these rights; NULL: none does */
static struct model_slot *find_naming(enum model_kind kind, int object, uint64_t rights)
{
    for (int i = 1; i < (int)THREAD_LIMIT; i++) {
        for (int j = 0; model.threads[i].state != THREAD_UNUSED && j < SLOT_LIMIT; j++) {
            if (names(&model.threads[i].slots[j], kind, object, rights)) {
                return &model.threads[i].slots[j];
            }
        }
    }
    return NULL;
}

/** @return whether a slot names an object */
bool model_is_named(enum model_kind kind, int object)
{
    return find_naming(kind, object, UINT64_MAX) != NULL;
}

/** @return whether somebody may receive from an endpoint */
bool model_is_receivable(int endpoint)
{
    return find_naming(MODEL_ENDPOINT, endpoint, RIGHT_RECEIVE) != NULL;
}

/** Nobody may answer a caller any more. */
void model_forget_caller(int caller)
{
    struct model_slot *slot = find_naming(MODEL_CALLER, caller, UINT64_MAX);

    if (slot != NULL) {
        *slot = (struct model_slot){0};
    }
}

/** Finds a slot of the current thread that names a kind of object, with a right to it. */
enum error model_find_slot(uint64_t number, enum model_kind kind, uint64_t right,
                           struct model_slot **found)
{
    if (number >= SLOT_LIMIT || model_current()->slots[number].kind != kind) {
        return ERROR_BAD_SLOT;
    }
    *found = &model_current()->slots[number];
    return (*found)->rights & right ? ERROR_NONE : ERROR_NO_RIGHT;
}

/** Fills an empty slot, which is not SLOT_LAST_CALLER. */
enum error model_fill_slot(int thread, uint64_t number, struct model_slot content)
{
    if (number >= SLOT_LIMIT || number == SLOT_LAST_CALLER ||
        model.threads[thread].slots[number].kind != MODEL_NOTHING) {
        return ERROR_BAD_SLOT;
    }
    model.threads[thread].slots[number] = content;
    return ERROR_NONE;
}

/** Fills a slot of which it is known that it is empty. */
void model_put_slot(int thread, uint64_t number, struct model_slot content)
{
    model.threads[thread].slots[number] = content;
}

/** Empties a slot, with all that follows for the object. */
void model_empty_slot(int thread, uint64_t number)
{
    struct model_slot *slot = &model.threads[thread].slots[number];
    struct model_slot old = *slot;
    int waits;

    *slot = (struct model_slot){0};
    if (old.kind == MODEL_CALLER) {
        model_cancel(old.object, ERROR_PEER_ENDED);
    } else if (old.kind == MODEL_ENDPOINT && old.rights & RIGHT_RECEIVE) {
        while (!model_is_receivable(old.object) &&
               (waits = model_first(THREAD_SENDING, THREAD_CALLING, old.object)) != MODEL_NOBODY) {
            model_cancel(waits, ERROR_PEER_ENDED);
        }
    } else if (old.kind == MODEL_NOTIFICATION && !model_is_named(MODEL_NOTIFICATION, old.object)) {
        model_bind(old.object, MODEL_NOBODY);
        model.bits[old.object] = 0;
    }
}

/** Binds a notification to one thread, or to nobody. */
void model_bind(int notification, int thread)
{
    for (int i = 0; i < (int)THREAD_LIMIT; i++) {
        if (model.threads[i].bound == notification) {
            model.threads[i].bound = MODEL_NOBODY;
        }
    }
    if (thread != MODEL_NOBODY) {
        model.threads[thread].bound = notification;
    }
}

/** @return whether a thread's slot holds what can be copied */
bool model_can_copy(int thread, uint64_t number)
{
    const struct model_slot *slots = model.threads[thread].slots;

    return number < SLOT_LIMIT &&
           (slots[number].kind == MODEL_ENDPOINT || slots[number].kind == MODEL_NOTIFICATION);
}

static enum error create(enum model_kind kind, uint64_t to)
{
    for (int object = 0; object < (int)MODEL_OBJECTS; object++) {
        if (!model_is_named(kind, object)) {
            uint64_t all = RIGHT_SEND | RIGHT_RECEIVE | RIGHT_GRANT;

            return model_fill_slot(model.current, to, (struct model_slot){kind, object, all, 0});
        }
    }
    return ERROR_NO_MEMORY;
}

static enum error copy(uint64_t to, uint64_t from, uint64_t rights, uint64_t badge)
{
    struct model_slot content;

    if (!model_can_copy(model.current, from)) {
        return ERROR_BAD_SLOT;
    }
    content = model_current()->slots[from];
    content.rights &= rights;
    if (content.rights == 0) {
        return ERROR_NO_RIGHT;
    }
    if (badge != 0 && content.badge != 0 && content.badge != badge) {
        return ERROR_INVALID_ARGUMENT;
    }
    content.badge = badge != 0 ? badge : content.badge;
    return model_fill_slot(model.current, to, content);
}

static enum error delete (uint64_t number) {
    if (number >= SLOT_LIMIT ||
        model_current()->slots[number].kind == MODEL_NOTHING){return ERROR_BAD_SLOT;}
model_empty_slot(model.current, number);
return ERROR_NONE;
}

static enum error save(uint64_t to)
{
    struct model_slot *last = &model_current()->slots[SLOT_LAST_CALLER];
    struct model_slot caller = *last;
    enum error error;

    if (caller.kind != MODEL_CALLER) {
        return ERROR_NO_CALLER;
    }
    error = model_fill_slot(model.current, to, caller);
    if (error == ERROR_NONE) {
        *last = (struct model_slot){0};
    }
    return error;
}

/** Serves the calls for slots. @return whether it is one of these */
bool model_serve_slots(uint64_t call, const uint64_t arguments[4], enum error *error)
{
    switch (call) {
    case CALL_ENDPOINT_CREATE:
        *error = create(MODEL_ENDPOINT, arguments[0]);
        return true;
    case CALL_NOTIFICATION_CREATE:
        *error = create(MODEL_NOTIFICATION, arguments[0]);
        return true;
    case CALL_SLOT_COPY:
        *error = copy(arguments[0], arguments[1], arguments[2], arguments[3]);
        return true;
    case CALL_SLOT_DELETE:
        *error = delete (arguments[0]);
        return true;
    case CALL_REPLY_SAVE:
        *error = save(arguments[0]);
        return true;
    default:
        return false;
    }
}
