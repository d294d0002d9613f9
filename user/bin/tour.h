/**
 * @file
 * What the programs of the tour have in common. Each shows one thing that capabilities are for,
 * says what it does and what should come of it, and looks whether it has: tour_end() is its result.
 *
 * The functions are in a header because each program is a file to be read alone.
 */
#pragma once

#include <stdbool.h>

#include "endpoint.h"
#include "first_task.h"
#include "ipc.h"
#include "memory.h"
#include "print.h"
#include "string.h"
#include "task.h"
#include "thread.h"

#define TOUR_PATIENCE \
    5000ul /**< milliseconds; nobody here waits so long unless something is wrong */

/** In the argument of the tasks that a program of the tour starts of itself; in no other's. */
#define TOUR_PARTNER (1ul << 63)

static int64_t tour_wrong;

/** Compares a number with what it should be. */
static inline void tour_expect(const char *what, uint64_t expected, uint64_t found)
{
    if (found != expected) {
        print("[tour] WRONG: %s: %lu instead of %lu\n", what, found, expected);
        tour_wrong++;
    }
}

/** A step that has to work. */
static inline void tour_do(const char *what, enum error error)
{
    if (error != ERROR_NONE) {
        print("[tour] WRONG: %s: %s\n", what, error_name(error));
        tour_wrong++;
    }
}

/** A step that has to be refused; says so. */
static inline void tour_refused(const char *what, enum error expected, enum error found)
{
    print("[tour]   refused: %s: %s\n", what, error_name(found));
    tour_expect(what, expected, found);
}

/** @return the program's result: `result` if all was as it should be, else how much was not, as a
 * negative number */
static inline int64_t tour_end(uint64_t result)
{
    return tour_wrong == 0 ? (int64_t)result : -tour_wrong;
}

/** @return the rights of what a slot holds */
static inline uint64_t tour_rights(slot slot)
{
    return capability_rights(slot_read(slot, SLOT_READ_KIND).value);
}

/** Makes an object of the program's own memory. */
static inline void tour_make(enum object_kind kind, uint64_t size, slot into)
{
    tour_do("an object", object_create(kind, size, into));
}

/** What a thread consists of, besides its address space. */
struct tour_thread {
    slot cspace; /**< CNode: its own capability space */
    slot thread;
    slot buffer; /**< frame of its IPC buffer; mapped nowhere, so it can send eight words at most */
};

#define TOUR_THREAD_SLOTS 16u /**< of its capability space */

/**
 * Makes a thread. It has one capability: to the endpoint where its faults go.
 *
 * @param parts   empty slots; filled
 * @param space   the address space that it lives in
 * @param faults  the endpoint
 * @param badge   of its messages there
 */
static inline void tour_thread_make(const struct tour_thread *parts, slot space, slot faults,
                                    uint64_t badge)
{
    tour_make(OBJECT_CNODE, TOUR_THREAD_SLOTS, parts->cspace);
    tour_make(OBJECT_THREAD, 0, parts->thread);
    tour_make(OBJECT_FRAME, 1, parts->buffer);
    tour_do("its faults' way",
            slot_copy(slot_in(parts->cspace, SLOT_FAULTS), faults, RIGHT_SEND, badge));
    tour_do("its parts", thread_configure(parts->thread, parts->cspace, space, parts->buffer));
}

/** A stack for a thread that lives in the program's own address space. */
struct tour_stack {
    _Alignas(PAGE_SIZE) uint8_t bytes[PAGE_SIZE];
};

/** Lets a thread of the program's own address space run. The function must never return. */
static inline void tour_thread_run(const struct tour_thread *parts, void (*function)(uint64_t),
                                   struct tour_stack *stack, uint64_t argument)
{
    memset(stack, 0, sizeof(*stack)); /* so that it is there: who mends this thread's faults may
                                         know nothing of it */
    memory_touch((const void *)(uintptr_t)function, 1);
    tour_do("start", thread_start(parts->thread, (uintptr_t)function,
                                  (uintptr_t)stack + sizeof(*stack), argument));
}

/** A task of the same program that talks to the one that has started it: through `talk`, which it
 * has in SLOT_GIVEN. */
static inline task_id tour_partner(const char *program, slot talk)
{
    struct call_result started = task_start(program, strlen(program), TOUR_PARTNER, talk);

    tour_do("start of a partner", (enum error)started.error);
    return (task_id){started.value};
}
