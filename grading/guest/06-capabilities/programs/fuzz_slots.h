/**
 * @file
 * The fuzzer's calls about slots: making, copying, moving, deleting, revoking.
 */
#pragma once

#include "fuzz_pick.h"

#define LARGEST_FRAME 8u

static int ground; /* the place with the untyped memory that everything is made of */

/** An object as it is asked for. */
struct wanted {
    uint64_t object;
    uint64_t bytes, alignment; /**< 0 bytes: there is no such object */
    int number;                /**< which of the model's objects it becomes */
};

static inline int unused_cnode(void)
{
    for (int i = 0; i < CNODES; i++) {
        if (model.cnode_slots[i] == 0) {
            return i;
        }
    }
    return -1;
}

/** A number that no object of a kind has; -1: all are in use. */
static inline int unused(unsigned kind)
{
    for (int i = 0; i < SIGNALS; i++) {
        if ((kind == OBJECT_THREAD && i < THREADS && !model.threads[i].is_alive) ||
            (kind == OBJECT_SPACE && i < SPACES && !model.spaces[i].is_alive) ||
            (kind == OBJECT_ENDPOINT && !model.endpoints[i].is_alive) ||
            (kind == OBJECT_NOTIFICATION && !model.notifications[i].is_alive)) {
            return i;
        }
    }
    return -1;
}

static inline struct wanted want(unsigned kind, uint64_t size, uint64_t bytes, uint64_t alignment)
{
    int number = kind == OBJECT_CNODE ? unused_cnode() : unused(kind);

    return (struct wanted){OBJECT(kind, size), bytes, alignment, number};
}

/** An object that there is not. */
static inline struct wanted want_absurd(void)
{
    const uint64_t objects[] = {
        0,
        OBJECT_REPLY,
        OBJECT(OBJECT_IRQ, 1),
        200,
        OBJECT(OBJECT_UNTYPED, 0),
        OBJECT(OBJECT_UNTYPED, 1ul << 32),
        OBJECT(OBJECT_FRAME, 0),
        OBJECT(OBJECT_FRAME, FRAME_PAGES_MAX + 1),
        OBJECT(OBJECT_FRAME, 1ul << 55),
        OBJECT(OBJECT_CNODE, 1),
        OBJECT(OBJECT_CNODE, CNODE_SLOTS_MAX + 1),
        OBJECT(OBJECT_CNODE, 1ul << 55),
        OBJECT(OBJECT_SPACE, SPACE_TABLES_MIN - 1),
        OBJECT(OBJECT_SPACE, SPACE_TABLES_MAX + 1),
        OBJECT(OBJECT_THREAD, 1),
        OBJECT(OBJECT_ENDPOINT, 64),
        OBJECT(OBJECT_NOTIFICATION, 1ul << 55),
    };

    return (struct wanted){objects[below(sizeof(objects) / sizeof(objects[0]))], 0, 0, 0};
}

static inline struct wanted any_object(void)
{
    uint64_t size;

    switch (one_in(20) ? 0 : 1 + below(9)) {
    case 0:
        return want_absurd();
    case 1:
        size = one_in(8) ? 1 + below(4096) : 1 + below(24);
        return want(OBJECT_UNTYPED, size, size * PAGE_SIZE, PAGE_SIZE);
    case 2:
    case 3:
        size = 2 + below(CNODE_PLACES - 1);
        return want(OBJECT_CNODE, size, 128 + 64 * size, 64);
    case 4:
        return want(OBJECT_THREAD, 0, 2048, 2048);
    case 5:
        size = SPACE_TABLES_MIN + below(6);
        return want(OBJECT_SPACE, size, (size + 1) * PAGE_SIZE, PAGE_SIZE);
    case 6:
        return want(OBJECT_ENDPOINT, 0, 64, 64);
    case 7:
        return want(OBJECT_NOTIFICATION, 0, 64, 64);
    default:
        size = one_in(2) ? 1 : 1 + below(LARGEST_FRAME);
        return want(OBJECT_FRAME, size, size * PAGE_SIZE, PAGE_SIZE);
    }
}

/** What the model knows of an object's kind when it is new. */
static inline void begin_object(unsigned kind, int number, uint64_t size)
{
    switch (kind) {
    case OBJECT_CNODE:
        model.cnode_slots[number] = size;
        break;
    case OBJECT_THREAD:
        model.threads[number] = (struct model_thread){.is_alive = true, .level = 255};
        model.threads[number].registers[THREAD_FACT_RFLAGS] = 0x202;
        model.threads[number].registers[THREAD_FACT_RSP] = (uint64_t)-8;
        break;
    case OBJECT_SPACE:
        model.spaces[number] = (struct model_space){.is_alive = true, .left = size - 1};
        break;
    case OBJECT_ENDPOINT:
        model.endpoints[number] = (struct model_signals){.is_alive = true};
        break;
    case OBJECT_NOTIFICATION:
        model.notifications[number] = (struct model_signals){.is_alive = true};
        break;
    default:
        break;
    }
}

/** Looks whether a new frame is all 0, and leaves something in it for whoever gets its memory. */
static inline void soil(struct where frame)
{
    uint64_t *word = (uint64_t *)(ROOT_WINDOW + below(at(frame)->pages) * PAGE_SIZE);

    expect_word("mapping a new frame",
                frame_map(slot_at(frame), root_own_space, ROOT_WINDOW, MEMORY_READ | MEMORY_WRITE),
                ERROR_NONE);
    for (unsigned i = 0; i < PAGE_SIZE / sizeof(uint64_t); i++) {
        expect_word("a word of a new frame", word[i], 0);
        word[i] = random_state | 1;
    }
    expect_word("unmapping it", frame_unmap(slot_at(frame)), ERROR_NONE);
}

static inline void made(struct where untyped, struct where to, const struct wanted *wanted,
                        uint64_t begin)
{
    unsigned kind = wanted->object & 0xFF;
    uint64_t size = wanted->object >> 8;
    struct entry *from = &model.places[untyped.place];
    struct entry entry = {.kind = (uint8_t)kind, .object = (int16_t)wanted->number, .space = -1};

    entry.rights = RIGHTS_ALL;
    entry.badge = kind == OBJECT_UNTYPED ? wanted->bytes : kind == OBJECT_CNODE ? size : 0;
    entry.pages = kind == OBJECT_FRAME ? size : 0;
    entry.start = kind == OBJECT_UNTYPED ? from->start + begin : 0;
    from->used = begin + wanted->bytes;
    model_put(to.place, entry, untyped.place);
    begin_object(kind, wanted->number, size);
    if (kind == OBJECT_FRAME && one_in(3)) {
        soil(to);
    }
}

static inline void try_retype(void)
{
    struct wanted wanted = any_object();
    struct where untyped = pick(OBJECT_UNTYPED), to = pick(0);
    const struct entry *from = at(untyped);
    uint64_t address = from->start + model_used(from), begin = 0;
    enum error expected = ERROR_NONE;

    if (wanted.bytes != 0) {
        begin = ((address + wanted.alignment - 1) & -wanted.alignment) - from->start;
    }
    if (from->kind != OBJECT_UNTYPED || !is_empty(to)) {
        expected = ERROR_BAD_SLOT;
    } else if (wanted.bytes == 0) {
        expected = ERROR_INVALID_ARGUMENT;
    } else if (begin > from->badge || wanted.bytes > from->badge - begin) {
        expected = ERROR_NO_MEMORY;
    } else if (wanted.number < 0 && (wanted.object & 0xFF) != OBJECT_UNTYPED &&
               (wanted.object & 0xFF) != OBJECT_FRAME) {
        return; /* the model has no room for it */
    }
    if (expect_error(untyped_retype(slot_at(untyped), wanted.object, slot_at(to)), expected)) {
        made(untyped, to, &wanted, begin);
    }
    compare(untyped);
    compare(to);
}

/** What narrows a copy, mostly rightly. */
static inline uint64_t any_badge(const struct entry *from)
{
    if (one_in(2)) {
        return 0;
    }
    if (one_in(8)) {
        return absurd();
    }
    switch (from->kind) {
    case OBJECT_FRAME:
        return FRAME_PART(below(from->pages + 1), below(from->pages + 2));
    case OBJECT_PORTS:
        return PORTS_PART((from->badge >> 16) + below(4), (from->badge & 0xFFFF) - below(4));
    default:
        return 1 + below(4);
    }
}

static inline void try_copy(void)
{
    static const uint8_t kinds[] = {OBJECT_CNODE,    OBJECT_CNODE,        OBJECT_THREAD,
                                    OBJECT_SPACE,    OBJECT_FRAME,        OBJECT_FRAME,
                                    OBJECT_ENDPOINT, OBJECT_NOTIFICATION, OBJECT_PORTS,
                                    OBJECT_UNTYPED,  OBJECT_IRQ};
    struct where from = pick(kinds[below(sizeof(kinds))]), to = pick(0);
    uint64_t rights = one_in(2) ? RIGHTS_ALL : one_in(8) ? absurd() : below(8);
    uint64_t badge = any_badge(at(from));
    enum error expected = ERROR_BAD_SLOT;
    struct entry copy = {0};

    if (model_is_copyable(at(from)) && is_empty(to)) {
        copy = model_copy_of(from.place);
        expected = model_mint(&copy, rights, badge);
    }
    if (expect_error(slot_copy(slot_at(to), slot_at(from), rights, badge), expected)) {
        model_put(to.place, copy, from.place);
    }
    compare(from);
    compare(to);
}

static inline void try_move(void)
{
    struct where from = pick((unsigned)(1 + below(OBJECT_PORTS))), to = pick(0);
    const struct entry *moved = at(from);
    enum error expected = ERROR_NONE;

    if (moved->kind == 0 || moved->kind == OBJECT_REPLY || !is_empty(to)) {
        expected = ERROR_BAD_SLOT;
    } else if (moved->children > 0) {
        expected = ERROR_BUSY;
    }
    if ((moved->kind == OBJECT_IRQ || from.place == ground) && to.place >= PLACE_HELPER) {
        return; /* these are to stay where they cannot get lost */
    }
    if (expect_error(slot_move(slot_at(to), slot_at(from)), expected)) {
        model_move(to.place, from.place);
        ground = from.place == ground ? to.place : ground;
    }
    compare(to);
}

static inline void try_delete(void)
{
    struct where where = pick((unsigned)(1 + below(OBJECT_PORTS)));
    enum error expected = at(where)->kind == 0 ? ERROR_BAD_SLOT : ERROR_NONE;

    if (where.place == ground || (at(where)->kind == OBJECT_IRQ && !one_in(40) &&
                                  model_count(OBJECT_IRQ, at(where)->object) == 1)) {
        return;
    }
    if (expect_error(slot_delete(slot_at(where)), expected)) {
        model_delete(where.place);
    }
    compare(where);
}

/** Revokes; but not what would end the slot itself, or the way to it: how far that gets depends on
 * the kernel's order. */
static inline void revoke(struct where where)
{
    static struct model before;
    enum error expected = at(where)->kind == 0 ? ERROR_BAD_SLOT : ERROR_NONE;

    if (expected == ERROR_NONE) {
        before = model;
        if (!model_revoke(where.place) || is_cut_off(where)) {
            model = before;
            return;
        }
    }
    expect_error(slot_revoke(slot_at(where)), expected);
    compare(where);
}

static inline void try_revoke(void)
{
    struct where where = pick((unsigned)(1 + below(OBJECT_PORTS)));

    if (where.place != ground || one_in(40)) {
        revoke(where);
        compare_all();
    }
}

static inline void try_read(void)
{
    struct where where = pick((unsigned)(1 + below(OBJECT_PORTS)));
    uint64_t fact = SLOT_READ_ADDRESS + 1 + absurd() % 1000;

    expect_error(slot_read(slot_at(where), (enum slot_fact)fact).error,
                 where.place == PLACE_NONE ? ERROR_BAD_SLOT : ERROR_INVALID_ARGUMENT);
    compare(where);
}
