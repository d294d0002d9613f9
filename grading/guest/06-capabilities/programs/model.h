/**
 * @file
 * The fuzzer's own idea of all capability spaces: what each slot holds, where that came from, and
 * what becomes of it. Kept apart from the kernel's way of doing it: a child knows its parent, and
 * whoever wants the children looks for them.
 *
 * A *place* is a slot that the model knows: of the root task's own space, of its helper's, of the
 * CNodes that the fuzzer makes; and the kernel's own slots for threads' parts and bound interrupt
 * lines, which have no address.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "abi/capability.h"
#include "abi/error.h"

#define OWN_PLACES 40
#define HELPER_PLACES 8
#define CNODES 8
#define CNODE_PLACES 12
#define THREADS 6
#define SPACES 4
#define SIGNALS 8 /* endpoints; notifications likewise */
#define LINES 16
#define CALLERS 2

enum place {
    PLACE_NONE = -1,
    PLACE_OWN = 0,
    PLACE_HELPER = PLACE_OWN + OWN_PLACES,
    PLACE_CNODES = PLACE_HELPER + HELPER_PLACES,
    PLACE_PARTS = PLACE_CNODES + CNODES * CNODE_PLACES, /* three for each thread */
    PLACE_LINES = PLACE_PARTS + 3 * THREADS,
    PLACES = PLACE_LINES + LINES
};

/** What a place holds. */
struct entry {
    uint8_t kind;     /**< enum object_kind; 0: empty */
    uint8_t rights;   /**< of endpoints, notifications and frames */
    int16_t parent;   /**< PLACE_NONE: from nothing that the model knows */
    int16_t children; /**< how many places have it for their parent */
    int16_t object;   /**< which of the model's objects of its kind */
    int16_t space;    /**< frame: where it is mapped; -1: nowhere */
    uint64_t badge;   /**< badge; CNode: slots; frame: address; untyped: bytes; ports, line */
    uint64_t start;   /**< untyped: physical address */
    uint64_t used;    /**< untyped: offset of the first free byte */
    uint64_t pages;   /**< frame */
};

/** A thread that never runs: less important than the fuzzer, which never waits for it. */
struct model_thread {
    bool is_alive;
    uint8_t state; /**< THREAD_FACT_STATE */
    uint8_t level;
    uint64_t registers[THREAD_FACTS];
};

#define HALVES 2 /* entries of each level that the fuzzer's addresses go to */

/** An address space's tables, as far as the fuzzer's addresses reach. */
struct model_space {
    bool is_alive;
    uint64_t left;
    bool third[HALVES], second[HALVES][HALVES], first[HALVES][HALVES][HALVES];
};

struct model_signals {
    bool is_alive;
    uint64_t bits;
};

/** All of it: copied to try out what a call does. */
struct model {
    struct entry places[PLACES];
    uint64_t cnode_slots[CNODES]; /**< 0: there is no such object */
    struct model_thread threads[THREADS];
    struct model_space spaces[SPACES];
    struct model_signals endpoints[SIGNALS], notifications[SIGNALS];
    int bound;                   /**< the notification that is bound to the fuzzer; -1: none */
    int last_caller;             /**< -1: none */
    bool waits[CALLERS];         /**< a caller that has been received, and not answered */
    enum error answers[CALLERS]; /**< what the last call of one that does not wait has given */
};

static struct model model;
