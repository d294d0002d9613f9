/**
 * @file
 * A thread of the test's own, with words around it that nobody is to touch.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "catch.h"
#include "crossing.h"
#include "task/thread.h"

struct guest_thread_room {
    uint64_t before[2];
    struct thread thread;
    uint64_t behind[2];
};

/** A crossing from a system call's beginning or end, with this thread as the current one. */
struct guest_call_round {
    struct context registers; /**< at the beginning; vector, error, cs and ss mean nothing */
    struct context answer;    /**< what syscall_enter() left: RAX, RDX and what C does not keep */
    struct guest_thread_room before, after;
    struct context enter, exit, leave, landing;
    uint64_t stack_before[64], stack_after[64]; /**< the program's */
    uint64_t stack_start;                       /**< address of the first of these words */
    bool begun, finished;
    bool faulted; /**< it led to an exception, the one in `caught` */
    struct guest_caught caught;
};

/**
 * Makes the crossing, and writes down what came of it.
 *
 * @param round     its registers, its answer, and in `before` the current thread are given
 * @param landings  whether landings are expected: then an invalid opcode is one
 */
void guest_call_cross(struct guest_call_round *round, bool landings);

/** Fills a round with random numbers; the thread's state is to be set. */
void guest_call_fill(struct guest_call_round *round);

/** The address where the current thread of a crossing stands: words that look like it. */
extern struct guest_thread_room guest_current_room;

/** The program's stack: RSP may point into it. */
extern uint64_t guest_user_stack[64];
