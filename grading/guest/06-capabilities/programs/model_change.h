/**
 * @file
 * How the model changes: what capability calls do to it.
 */
#pragma once

#include "abi/memory.h"
#include "abi/message.h"
#include "model.h"

/** Which of the parts of a thread stands at PLACE_PARTS + 3 * thread +. */
enum part { PART_CSPACE, PART_SPACE, PART_BUFFER, PARTS };

static inline bool model_is_copyable(const struct entry *entry)
{
    return entry->kind != 0 && entry->kind != OBJECT_UNTYPED && entry->kind != OBJECT_REPLY;
}

static inline void model_hang(int place, int parent)
{
    model.places[place].parent = (int16_t)parent;
    if (parent != PLACE_NONE) {
        model.places[parent].children++;
    }
}

/** Takes a place away from its parent. */
static inline void model_unhang(int place)
{
    int parent = model.places[place].parent;

    if (parent != PLACE_NONE) {
        model.places[parent].children--;
    }
}

/** Fills an empty place with what comes from another one. */
static inline void model_put(int to, struct entry content, int parent)
{
    model.places[to] = content;
    model.places[to].children = 0;
    model_hang(to, parent);
}

/** A copy, as it comes from a capability: it is mapped nowhere. */
static inline struct entry model_copy_of(int from)
{
    struct entry copy = model.places[from];

    if (copy.kind == OBJECT_FRAME) {
        copy.badge = 0;
        copy.space = -1;
    }
    return copy;
}

/** Moves what has no children. */
static inline void model_move(int to, int from)
{
    model.places[to] = model.places[from];
    model.places[from] = (struct entry){0};
}

/** @return how many places hold a capability to an object */
static inline int model_count(int kind, int object)
{
    int count = 0;

    for (int i = 0; i < PLACES; i++) {
        count += model.places[i].kind == kind && model.places[i].object == object;
    }
    return count;
}

/** Whether anybody may receive from an endpoint. */
static inline bool model_can_receive(int endpoint)
{
    for (int i = 0; i < PLACES; i++) {
        if (model.places[i].kind == OBJECT_ENDPOINT && model.places[i].object == endpoint &&
            model.places[i].rights & RIGHT_RECEIVE) {
            return true;
        }
    }
    return false;
}

/** Places that are to be emptied. */
struct doomed {
    int count;
    int places[PLACES * 2];
};

static inline void doom(struct doomed *doomed, int first, int count)
{
    for (int i = 0; i < count; i++) {
        if (model.places[first + i].kind != 0) {
            doomed->places[doomed->count++] = first + i;
        }
    }
}

/** An address space has gone: nothing is mapped there any more. */
static inline void model_end_space(int space)
{
    model.spaces[space].is_alive = false;
    for (int i = 0; i < PLACES; i++) {
        if (model.places[i].kind == OBJECT_FRAME && model.places[i].space == space) {
            model.places[i].space = -1;
            model.places[i].badge = 0;
        }
    }
}

/** The last capability to an object has gone. */
static inline void model_end(const struct entry *last, struct doomed *doomed)
{
    switch (last->kind) {
    case OBJECT_CNODE:
        if (last->object < CNODES) {
            model.cnode_slots[last->object] = 0;
            doom(doomed, PLACE_CNODES + last->object * CNODE_PLACES, CNODE_PLACES);
        }
        break;
    case OBJECT_THREAD:
        model.threads[last->object].is_alive = false;
        doom(doomed, PLACE_PARTS + PARTS * last->object, PARTS);
        break;
    case OBJECT_SPACE:
        model_end_space(last->object);
        break;
    case OBJECT_ENDPOINT:
        model.endpoints[last->object].is_alive = false;
        break;
    case OBJECT_NOTIFICATION:
        model.notifications[last->object].is_alive = false;
        model.bound = model.bound == last->object ? -1 : model.bound;
        break;
    case OBJECT_IRQ:
        doom(doomed, PLACE_LINES + (int)last->badge, 1);
        break;
    default:
        break;
    }
}

/** Takes a part away from a thread, which stops. */
static inline void model_lose_part(int place)
{
    struct model_thread *thread = &model.threads[(place - PLACE_PARTS) / PARTS];

    if (thread->state == 2) {
        thread->state = 0;
    }
}

/** Nobody will answer a caller. */
static inline void model_refuse(int caller)
{
    model.waits[caller] = false;
    model.answers[caller] = ERROR_PEER_ENDED;
}

static inline void model_empty(int place, struct doomed *doomed)
{
    struct entry gone = model.places[place];

    if (gone.kind == 0) {
        return;
    }
    if (gone.kind == OBJECT_REPLY) {
        model.places[place] = (struct entry){0};
        model_refuse(gone.object);
        return;
    }
    for (int i = 0; i < PLACES && model.places[place].children > 0; i++) {
        if (model.places[i].kind != 0 && model.places[i].kind != OBJECT_REPLY &&
            model.places[i].parent == place) {
            model_unhang(i);
            model_hang(i, gone.parent);
        }
    }
    model_unhang(place);
    model.places[place] = (struct entry){0};
    if (place >= PLACE_PARTS && place < PLACE_LINES) {
        model_lose_part(place);
    }
    if (model_count(gone.kind, gone.object) == 0) {
        model_end(&gone, doomed);
    }
}

/** Empties a place; what goes with it goes. */
static inline void model_delete(int place)
{
    static struct doomed doomed;

    doomed = (struct doomed){1, {place}};
    while (doomed.count > 0) {
        model_empty(doomed.places[--doomed.count], &doomed);
    }
}

/** Empties all places that come from one. @return whether that one is as it was, but for this */
static inline bool model_revoke(int place)
{
    struct entry before = model.places[place];

    for (int i = 0; i < PLACES && model.places[place].children > 0; i++) {
        const struct entry *entry = &model.places[i];

        if (entry->kind != 0 && entry->kind != OBJECT_REPLY && entry->parent == place) {
            model_delete(i);
            i = -1; /* its children are now this one's */
        }
    }
    return model.places[place].kind == before.kind && model.places[place].start == before.start;
}

static inline uint64_t model_used(const struct entry *untyped)
{
    return untyped->children == 0 ? 0 : untyped->used;
}

static inline bool is_part_within(uint64_t first, uint64_t count, uint64_t pages)
{
    return count != 0 && first < pages && count <= pages - first;
}

/** What slot_copy makes of a copy. */
static inline enum error model_mint(struct entry *copy, uint64_t rights, uint64_t badge)
{
    uint64_t first = badge >> 16, last = badge & 0xFFFF;

    if (copy->kind == OBJECT_ENDPOINT || copy->kind == OBJECT_NOTIFICATION ||
        copy->kind == OBJECT_FRAME) {
        copy->rights &= (uint8_t)rights;
        if (copy->rights == 0 ||
            (copy->kind == OBJECT_FRAME && (copy->rights & MEMORY_READ) == 0)) {
            return ERROR_NO_RIGHT;
        }
    }
    if (badge == 0) {
        return ERROR_NONE;
    }
    switch (copy->kind) {
    case OBJECT_FRAME:
        if (!is_part_within(first, last, copy->pages)) {
            return ERROR_INVALID_ARGUMENT;
        }
        copy->pages = last;
        return ERROR_NONE;
    case OBJECT_PORTS:
        if (first < copy->badge >> 16 || last > (copy->badge & 0xFFFF) || first > last) {
            return ERROR_INVALID_ARGUMENT;
        }
        copy->badge = badge;
        return ERROR_NONE;
    case OBJECT_ENDPOINT:
    case OBJECT_NOTIFICATION:
        if (copy->badge != 0 && copy->badge != badge) {
            return ERROR_INVALID_ARGUMENT;
        }
        copy->badge = badge;
        return ERROR_NONE;
    default:
        return ERROR_INVALID_ARGUMENT;
    }
}

/** Takes the tables for a page, as far as there are any. @return whether all are there */
static inline bool model_take_tables(struct model_space *space, uint64_t address)
{
    uint64_t a = address >> 39 & 1, b = address >> 30 & 1, c = address >> 21 & 1;
    bool *const tables[] = {&space->third[a], &space->second[a][b], &space->first[a][b][c]};

    for (unsigned i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
        if (!*tables[i]) {
            if (space->left == 0) {
                return false;
            }
            space->left--;
            *tables[i] = true;
        }
    }
    return true;
}

/** Whether some frame has a page there. */
static inline bool model_is_mapped(int space, uint64_t address)
{
    for (int i = 0; i < PLACES; i++) {
        const struct entry *entry = &model.places[i];

        if (entry->kind == OBJECT_FRAME && entry->space == space && entry->badge <= address &&
            address < entry->badge + entry->pages * 4096) {
            return true;
        }
    }
    return false;
}

/** Maps a frame at an address where the fuzzer's may be. */
static inline enum error model_map(struct entry *frame, int space, uint64_t address)
{
    for (uint64_t i = 0; i < frame->pages; i++) {
        if (!model_take_tables(&model.spaces[space], address + i * 4096)) {
            return ERROR_NO_MEMORY;
        }
        if (model_is_mapped(space, address + i * 4096)) {
            return ERROR_BUSY;
        }
    }
    frame->space = (int16_t)space;
    frame->badge = address;
    return ERROR_NONE;
}
