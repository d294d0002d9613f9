/**
 * @file
 * The fuzzer's choices: slots, right ones and hostile ones; and what it does when the kernel's
 * answer is not the model's.
 */
#pragma once

#include "model_change.h"
#include "root_parts.h"

#define HELPER_SLOTS (HELPER_PLACES + 1) /* the last one is the helper's endpoint */
#define ERRORS 17u                       /* abi/error.h */
#define OPERATIONS 28u
#define TRIES 8u /* to find a slot that can be named */

/** A slot as a call names it. */
struct where {
    uint64_t address;
    int place; /**< PLACE_NONE: there is no such slot */
    int path;  /**< the place with the CNode that it is found through; PLACE_NONE: none is needed */
};

static uint64_t random_state;
static uint64_t call_number;
static uint64_t outcomes[OPERATIONS][ERRORS];
static unsigned operation;
static slot own_first, helper_cnode;

static inline uint64_t below(uint64_t limit)
{
    return guest_random_next(&random_state) % limit;
}

static inline bool one_in(uint64_t cases)
{
    return below(cases) == 0;
}

static inline uint64_t absurd(void)
{
    return guest_random_next(&random_state) >> below(64);
}

/** The kernel's answer is not the model's: that is the test's end. */
static inline void expect_word(const char *what, uint64_t got, uint64_t expected)
{
    if (got != expected) {
        guest_report("failed-call", call_number);
        guest_report("failed-operation", operation);
        guest_report_text("failed-what", what);
        guest_report_hex("failed-got", got);
        guest_report_hex("failed-expected", expected);
        guest_end();
    }
}

/** Judges a call's error. @return whether the call has succeeded */
static inline bool expect_error(uint64_t got, uint64_t expected)
{
    expect_word("error", got, expected);
    outcomes[operation][got]++;
    return got == ERROR_NONE;
}

/** Finds a place of a kind, from a random one on. */
static inline int place_of(unsigned kind, int first, int count)
{
    int start = (int)below((uint64_t)count);

    for (int i = 0; i < count; i++) {
        int place = first + (start + i) % count;

        if (model.places[place].kind == kind) {
            return place;
        }
    }
    return PLACE_NONE;
}

/** An own place with a capability to a CNode. */
static inline int path_to(int cnode)
{
    int start = (int)below(OWN_PLACES);

    for (int i = 0; i < OWN_PLACES; i++) {
        const struct entry *entry = &model.places[(start + i) % OWN_PLACES];

        if (entry->kind == OBJECT_CNODE && entry->object == cnode) {
            return (start + i) % OWN_PLACES;
        }
    }
    return PLACE_NONE;
}

/** @return how a call names a place; its `place` is PLACE_NONE when no call can */
static inline struct where where_is(int place)
{
    if (place < PLACE_HELPER) {
        uint64_t number = own_first.number + (uint64_t)place;

        return (struct where){one_in(8) ? SLOT_IN(ROOT_SLOT_CSPACE, number) : number, place,
                              PLACE_NONE};
    }
    if (place < PLACE_CNODES) {
        uint64_t number = (uint64_t)(place - PLACE_HELPER);

        return (struct where){SLOT_IN(helper_cnode.number, number),
                              number == 0 ? PLACE_NONE : place, PLACE_NONE};
    }
    int cnode = (place - PLACE_CNODES) / CNODE_PLACES;
    uint64_t number = (uint64_t)((place - PLACE_CNODES) % CNODE_PLACES);
    int path = path_to(cnode);
    bool is_there = path != PLACE_NONE && number != 0 && number < model.cnode_slots[cnode];
    uint64_t through = path == PLACE_NONE ? 0 : own_first.number + (uint64_t)path;

    return (struct where){SLOT_IN(through, path == PLACE_NONE ? 0 : number),
                          is_there ? place : PLACE_NONE, path};
}

/** A slot that there is not. */
static inline struct where nowhere(void)
{
    uint64_t own = own_first.number + below(OWN_PLACES);
    const uint64_t addresses[] = {0,
                                  ROOT_SLOTS,
                                  UINT64_MAX,
                                  UINT32_MAX,
                                  SLOT_IN(1, 1),
                                  SLOT_IN(ROOT_SLOTS, 1),
                                  SLOT_IN(ROOT_SLOT_SPACE, 1),
                                  SLOT_IN(ROOT_SLOT_CSPACE, ROOT_SLOTS),
                                  SLOT_IN(helper_cnode.number, HELPER_SLOTS),
                                  1ul << 63 | own,
                                  absurd() << 44 | 1ul << 62 | own};

    return (struct where){addresses[below(sizeof(addresses) / sizeof(addresses[0]))], PLACE_NONE,
                          PLACE_NONE};
}

/** Mostly a slot with a kind of capability (0: an empty one), at times any, at times none. */
static inline struct where pick(unsigned kind)
{
    struct where found = nowhere();
    bool is_any = one_in(16);

    if (one_in(24)) {
        return found;
    }
    found.place = PLACE_NONE;
    for (unsigned i = 0; i < TRIES && found.place == PLACE_NONE; i++) {
        int place = place_of(kind, PLACE_OWN, one_in(2) ? OWN_PLACES : (int)PLACE_PARTS);

        found = where_is(place == PLACE_NONE || is_any ? (int)below(PLACE_PARTS) : place);
    }
    return found;
}

/** The same among the root task's own slots: for calls that take a plain number. */
static inline struct where pick_own(unsigned kind)
{
    int place = place_of(kind, PLACE_OWN, OWN_PLACES);

    if (one_in(24)) {
        return nowhere();
    }
    place = place == PLACE_NONE || one_in(16) ? (int)below(OWN_PLACES) : place;
    return (struct where){own_first.number + (uint64_t)place, place, PLACE_NONE};
}

/** What stands at a place; empty where there is none. */
static inline const struct entry *at(struct where where)
{
    static const struct entry nothing;

    return where.place == PLACE_NONE ? &nothing : &model.places[where.place];
}

static inline bool is_empty(struct where where)
{
    return where.place != PLACE_NONE && at(where)->kind == 0;
}

static inline slot slot_at(struct where where)
{
    return (slot){where.address};
}

/** Whether the way to a place has gone: the call was about the capability to its CNode. */
static inline bool is_cut_off(struct where where)
{
    const struct entry *path = &model.places[where.path == PLACE_NONE ? 0 : where.path];

    return where.path != PLACE_NONE && where.place != PLACE_NONE &&
           (path->kind != OBJECT_CNODE ||
            path->object != (where.place - PLACE_CNODES) / CNODE_PLACES);
}

/** Compares a slot with the model. */
static inline void compare(struct where where)
{
    const struct entry *entry = at(where);
    uint64_t kind = 0, size = 0;
    bool has_rights = entry->kind == OBJECT_ENDPOINT || entry->kind == OBJECT_NOTIFICATION ||
                      entry->kind == OBJECT_FRAME;

    if (is_cut_off(where)) {
        return;
    }
    if (where.place == PLACE_NONE) {
        expect_word("slot_read", slot_read(slot_at(where), SLOT_READ_KIND).error, ERROR_BAD_SLOT);
        return;
    }
    if (entry->kind != 0) {
        kind = entry->kind | (has_rights ? (uint64_t)entry->rights << 8 : 0) |
               (uint64_t)(entry->children > 0) << 16;
    }
    if (entry->kind == OBJECT_UNTYPED) {
        size = entry->badge - model_used(entry);
    } else if (entry->kind == OBJECT_FRAME) {
        size = entry->pages;
    } else if (entry->kind == OBJECT_SPACE) {
        size = model.spaces[entry->object].left;
    }
    expect_word("kind", slot_read(slot_at(where), SLOT_READ_KIND).value, kind);
    expect_word("badge", slot_read(slot_at(where), SLOT_READ_BADGE).value, entry->badge);
    expect_word("size", slot_read(slot_at(where), SLOT_READ_SIZE).value, size);
}

/** Compares all slots that can be named. */
static inline void compare_all(void)
{
    for (int place = 0; place < PLACE_PARTS; place++) {
        struct where where = where_is(place);

        if (where.place != PLACE_NONE) {
            compare(where);
        }
    }
}
