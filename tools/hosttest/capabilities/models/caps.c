/**
 * @file
 * The model's capabilities.
 */
#include "abi/memory.h"
#include "harness.h"
#include "models/model.h"

struct model model;

/** @return the capability that stands in a slot; MODEL_NOBODY: none does */
int model_cap_at(const struct slot *slot)
{
    for (int i = 0; i < model.cap_count; i++) {
        if (model.caps[i].slot == slot && slot != NULL) {
            return i;
        }
    }
    return MODEL_NOBODY;
}

/** @return its number */
int model_add_cap(struct model_cap cap)
{
    int number = 0;

    while (number < model.cap_count && model.caps[number].slot != NULL) {
        number++;
    }
    EXPECT(number < MODEL_CAPS, "the model has room for %d capabilities", MODEL_CAPS);
    model.cap_count += number == model.cap_count;
    model.caps[number] = cap;
    return number;
}

/** @return how many capabilities name an object */
int model_names(int object)
{
    int count = 0;

    for (int i = 0; i < model.cap_count; i++) {
        count += model.caps[i].slot != NULL && model.caps[i].object == object;
    }
    return count;
}

/** @return whether a capability has come from another one, in some steps */
bool model_is_below(int cap, int ancestor)
{
    while (cap != MODEL_NOBODY && cap != ancestor) {
        cap = model.caps[cap].parent;
    }
    return cap == ancestor;
}

/** @return whether something has come from a capability */
bool model_has_child(int cap)
{
    for (int i = 0; i < model.cap_count; i++) {
        if (model.caps[i].slot != NULL && model.caps[i].parent == cap) {
            return true;
        }
    }
    return false;
}

static struct slot *slot_of(const struct model_object *cnode, uint64_t number)
{
    struct cnode *memory = model_memory((int)(cnode - model.objects));

    return number < cnode->count ? &memory->slots[number] : NULL;
}

/** @return a slot of a thread's own capability space by its number; NULL when there is none */
struct slot *model_slot(int thread, uint64_t number)
{
    int part = model_part(thread, offsetof(struct thread, cspace));

    if (number == SLOT_LAST_CALLER) {
        return &((struct thread *)model_memory(thread))->caller;
    }
    return part == MODEL_NOBODY ? NULL : slot_of(&model.objects[model.caps[part].object], number);
}

/** Finds a slot by its address. */
enum error model_locate(int thread, uint64_t address, struct slot **slot)
{
    uint64_t number = address % ((uint64_t)1 << 32);

    if (address >> 32 == 0) {
        *slot = model_slot(thread, number);
    } else {
        int cap = model_cap_at(model_slot(thread, address >> 32));
        bool is_cnode = cap != MODEL_NOBODY && model.caps[cap].kind == OBJECT_CNODE;

        *slot = is_cnode ? slot_of(&model.objects[model.caps[cap].object], number) : NULL;
    }
    return *slot == NULL || number == 0 ? ERROR_BAD_SLOT : ERROR_NONE;
}

/** @return the capability of a kind at an address; MODEL_NOBODY: there is none */
int model_find(int thread, uint64_t address, enum object_kind kind)
{
    struct slot *slot;
    int cap =
        model_locate(thread, address, &slot) == ERROR_NONE ? model_cap_at(slot) : MODEL_NOBODY;

    return cap != MODEL_NOBODY && model.caps[cap].kind == kind ? cap : MODEL_NOBODY;
}

/** @return whether there may be copies of a capability */
bool model_is_copyable(int cap)
{
    return cap != MODEL_NOBODY && model.caps[cap].kind != OBJECT_UNTYPED;
}

static enum error mint_frame(struct model_cap *cap, uint64_t part)
{
    uint64_t first = part >> 16, pages = part % 0x10000;

    if ((cap->rights & MEMORY_READ) == 0) {
        return ERROR_NO_RIGHT;
    }
    if (part != 0) {
        if (pages == 0 || (unsigned __int128)first + pages > cap->size / 4096) {
            return ERROR_INVALID_ARGUMENT;
        }
        cap->start += first * 4096;
        cap->size = pages * 4096;
    }
    return ERROR_NONE;
}

/** Makes a copy less. */
enum error model_mint(struct model_cap *cap, uint64_t rights, uint64_t badge)
{
    switch (cap->kind) {
    case OBJECT_FRAME:
        cap->rights &= rights;
        return mint_frame(cap, badge);
    case OBJECT_ENDPOINT:
    case OBJECT_NOTIFICATION:
        cap->rights &= rights;
        if (cap->rights == 0) {
            return ERROR_NO_RIGHT;
        }
        if (badge != 0 && cap->badge != 0 && cap->badge != badge) {
            return ERROR_INVALID_ARGUMENT;
        }
        cap->badge = badge != 0 ? badge : cap->badge;
        return ERROR_NONE;
    case OBJECT_PORTS:
        if (badge != 0) {
            uint64_t first = badge >> 16, last = badge % 0x10000;

            if (first < cap->start || last > cap->size || first > last) {
                return ERROR_INVALID_ARGUMENT;
            }
            cap->start = first;
            cap->size = last;
        }
        return ERROR_NONE;
    default:
        return badge == 0 ? ERROR_NONE : ERROR_INVALID_ARGUMENT;
    }
}

/** A capability comes from another one. @return its number */
int model_derive(struct slot *to, struct model_cap content, int parent)
{
    content.slot = to;
    content.parent = parent;
    content.space = MODEL_NOBODY;
    return model_add_cap(content);
}

/** slot_copy of the current thread. */
enum error model_copy(uint64_t to, uint64_t from, uint64_t rights, uint64_t badge)
{
    struct slot *source, *target;
    struct model_cap content;
    enum error error = model_locate(model.current, from, &source);
    int cap = error == ERROR_NONE ? model_cap_at(source) : MODEL_NOBODY;

    if (!model_is_copyable(cap) || model_locate(model.current, to, &target) != ERROR_NONE ||
        model_cap_at(target) != MODEL_NOBODY || model_caller(target) != MODEL_NOBODY) {
        return ERROR_BAD_SLOT;
    }
    content = model.caps[cap];
    error = model_mint(&content, rights, badge);
    if (error == ERROR_NONE) {
        model_derive(target, content, cap);
    }
    return error;
}

/** slot_move of the current thread. */
enum error model_move(uint64_t to, uint64_t from)
{
    struct slot *source, *target;
    int cap = MODEL_NOBODY;

    if (model_locate(model.current, from, &source) == ERROR_NONE) {
        cap = model_cap_at(source);
    }
    if (cap == MODEL_NOBODY || model_locate(model.current, to, &target) != ERROR_NONE ||
        model_cap_at(target) != MODEL_NOBODY || model_caller(target) != MODEL_NOBODY) {
        return ERROR_BAD_SLOT;
    }
    if (model_has_child(cap)) {
        return ERROR_BUSY;
    }
    model.caps[cap].slot = target;
    return ERROR_NONE;
}

/** @return whether an object has lost all its capabilities */
static bool is_lost(int object, const bool doomed[MODEL_CAPS])
{
    for (int i = 0; model.objects[object].is_alive && i < model.cap_count; i++) {
        if (model.caps[i].slot != NULL && model.caps[i].object == object && !doomed[i]) {
            return false;
        }
    }
    return model.objects[object].is_alive;
}

/** Dooms what stands in some memory. @return whether that is more than before */
static bool doom_inside(const struct model_object *object, bool doomed[MODEL_CAPS])
{
    uintptr_t start = (uintptr_t)model_memory((int)(object - model.objects));
    bool more = false;

    for (int i = 0; i < model.cap_count; i++) {
        uintptr_t at = (uintptr_t)model.caps[i].slot;

        if (at >= start && at < start + object->bytes && !doomed[i]) {
            doomed[i] = true;
            more = true;
        }
    }
    return more;
}

/** @return whether a line has a capability that stays */
static bool has_line(unsigned line, const bool doomed[MODEL_CAPS])
{
    for (int i = 0; i < model.cap_count; i++) {
        if (model.caps[i].slot != NULL && model.caps[i].kind == OBJECT_IRQ &&
            model.caps[i].start == line && !doomed[i]) {
            return true;
        }
    }
    return false;
}

/** With a line's last capability the one to its notification goes. */
static bool doom_line(unsigned line, bool doomed[MODEL_CAPS])
{
    int bound = has_line(line, doomed) ? MODEL_NOBODY : model_cap_at(model.lines[line]);

    if (bound == MODEL_NOBODY || doomed[bound]) {
        return false;
    }
    doomed[bound] = true;
    return true;
}

/** Adds to some capabilities that go all that have to go with them. */
void model_doom(bool doomed[MODEL_CAPS])
{
    bool more = true;

    while (more) {
        more = false;
        for (int i = 0; i < model.object_count; i++) {
            const struct model_object *object = &model.objects[i];

            if ((object->kind == OBJECT_CNODE || object->kind == OBJECT_THREAD) &&
                is_lost(i, doomed)) {
                more |= doom_inside(object, doomed);
            }
        }
        for (unsigned i = 0; i < MODEL_LINES; i++) {
            more |= doom_line(i, doomed);
        }
    }
}

/** Capabilities go: what came from them is their parents' from now on. */
static void remove_caps(const bool doomed[MODEL_CAPS])
{
    for (int i = 0; i < model.cap_count; i++) {
        struct model_cap *cap = &model.caps[i];

        while (cap->slot != NULL && !doomed[i] && cap->parent != MODEL_NOBODY &&
               doomed[cap->parent]) {
            cap->parent = model.caps[cap->parent].parent;
        }
    }
    for (int i = 0; i < model.cap_count; i++) {
        if (doomed[i]) {
            model.caps[i].slot = NULL;
        }
    }
}

/** Who waits at an object is told that it is in vain. */
static void cancel_all(int object)
{
    int thread;

    while ((thread = model_first(object, false)) != MODEL_NOBODY ||
           (thread = model_first(object, true)) != MODEL_NOBODY) {
        model_wake(thread, ERROR_PEER_ENDED);
    }
}

/** Callers whose answer was to come from a CNode that is gone. */
static void cancel_callers(const struct model_object *cnode)
{
    uintptr_t start = (uintptr_t)model_memory((int)(cnode - model.objects));

    for (int i = 0; i < model.object_count; i++) {
        const struct model_thread *thread = model_thread(i);

        if (model_is_thread(i) && thread->state == THREAD_ANSWERING &&
            (uintptr_t)thread->reply >= start && (uintptr_t)thread->reply < start + cnode->bytes) {
            model_wake(i, ERROR_PEER_ENDED);
        }
    }
}

/** An object has no capability any more. */
static void end_object(int number)
{
    struct model_object *object = &model.objects[number];

    object->is_alive = false;
    model.dead[model.dead_count++] = number;
    if (object->kind == OBJECT_THREAD) {
        model_halt(number);
        model_forget_thread(number);
    } else if (object->kind == OBJECT_CNODE) {
        cancel_callers(object);
    } else if (object->kind == OBJECT_SPACE) {
        for (int i = 0; i < model.cap_count; i++) {
            if (model.caps[i].space == number) {
                model.caps[i].space = MODEL_NOBODY;
            }
        }
    } else if (object->kind == OBJECT_ENDPOINT) {
        cancel_all(number);
    } else if (object->kind == OBJECT_NOTIFICATION) {
        cancel_all(number);
        for (int i = 0; i < model.object_count; i++) {
            if (model_is_thread(i) && model_thread(i)->bound == number) {
                model_thread(i)->bound = MODEL_NOBODY;
            }
        }
    }
}

/** Capabilities go, with all that follows; see model_doom(). */
void model_bury(const bool doomed[MODEL_CAPS])
{
    bool stops[MODEL_OBJECTS] = {false};

    for (int i = 0; i < model.object_count; i++) {
        size_t parts[] = {offsetof(struct thread, cspace), offsetof(struct thread, space),
                          offsetof(struct thread, frame)};

        for (int j = 0; model_is_thread(i) && j < 3; j++) {
            int part = model_part(i, parts[j]);

            stops[i] |= part != MODEL_NOBODY && doomed[part];
        }
    }
    remove_caps(doomed);
    for (int i = 0; i < model.object_count; i++) {
        if (model.objects[i].is_alive && model_names(i) == 0) {
            end_object(i);
        } else if (model.objects[i].is_alive && model.objects[i].kind == OBJECT_ENDPOINT &&
                   !model_may_receive(i)) {
            cancel_all(i);
        }
    }
    for (int i = 0; i < model.object_count; i++) {
        if (stops[i] && model_is_thread(i)) {
            model_halt(i);
            model.objects[i].thread->has_result = false;
        }
    }
}
