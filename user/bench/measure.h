/**
 * @file
 * Measuring: how many instructions an operation takes.
 *
 * Under QEMU with -icount shift=0 the time stamp counter counts instructions, of program and kernel
 * together. A sample is the count for a batch: a loop such as any program has, run some times.
 * What stands around the loop (two RDTSC, the call of the batch), and the first MEASURE_LEAD turns
 * of it, are the overhead: measured by a batch of these turns alone, and taken off by
 * tools/bench.py, which reads what is printed below. A batch may need something that has to be made
 * for it anew: that is done before the count begins.
 *
 *     [bench] NAME: operations=N overhead=N
 *     [bench] NAME: samples N N N ...
 *
 * All of this is in a header because each file of this folder is a program.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "endpoint.h"
#include "ipc.h"
#include "print.h"
#include "run.h"
#include "task.h"

#define MEASURE_SAMPLES 200u
#define MEASURE_WARM_UP 20u      /* batches before the first sample */
#define MEASURE_LONG_SAMPLES 40u /* of a long one */
#define MEASURE_LONG_WARM_UP 4u
#define MEASURE_LEAD 2u   /* turns of the loop that count as overhead */
#define MEASURE_TURNS 50u /* turns behind them in one batch */

/** Samples in a line, so that it is shorter than PRINT_MAX. */
#define MEASURE_LINE 10u

/** A measurement. */
struct measure {
    const char *name;
    void (*batch)(uint64_t turns);   /**< the loop, to be run this many times */
    unsigned per_turn;               /**< operations in one turn of the loop */
    void (*prepare)(uint64_t turns); /**< NULL, or makes what so many turns need: not counted */
    bool is_long; /**< a turn takes so long that a batch is one, that no other is overhead, and that
                     fewer samples do */
    uint64_t (*idle)(
        void); /**< NULL, or instructions so far that did nothing but wait: not counted */
};

/** The endpoint between a measuring program and its peer: where the peer has it, whose starter it
 * comes from, and where the measuring program has it. */
#define MEASURE_PEER_ENDPOINT ((slot){1})
#define MEASURE_ENDPOINT ((slot){32})

/** @return the time stamp counter */
static inline uint64_t measure_clock(void)
{
    uint32_t low, high;

    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high) : : "memory");
    return (uint64_t)high << 32 | low;
}

/** @return turns of the loop that count as overhead */
static inline uint64_t measure_lead(const struct measure *measure)
{
    return measure->is_long ? 0 : MEASURE_LEAD;
}

/** @return turns behind them in a batch */
static inline uint64_t measure_turns(const struct measure *measure)
{
    return measure->is_long ? 1 : MEASURE_TURNS;
}

/** @return batches before the first sample */
static inline unsigned measure_warm_up(const struct measure *measure)
{
    return measure->is_long ? MEASURE_LONG_WARM_UP : MEASURE_WARM_UP;
}

static inline unsigned measure_samples(const struct measure *measure)
{
    return measure->is_long ? MEASURE_LONG_SAMPLES : MEASURE_SAMPLES;
}

static inline void measure_prepare(const struct measure *measure, uint64_t turns)
{
    if (measure->prepare != NULL) {
        measure->prepare(turns);
    }
}

/** @return instructions so far, but for those that have waited */
static inline uint64_t measure_busy(const struct measure *measure)
{
    return measure_clock() - (measure->idle != NULL ? measure->idle() : 0);
}

/** @return instructions from before the batch to behind it */
static inline uint64_t measure_batch(const struct measure *measure, uint64_t turns)
{
    uint64_t before;

    measure_prepare(measure, turns);
    before = measure_busy(measure);
    measure->batch(turns);
    return measure_busy(measure) - before;
}

/** @return the fewest instructions that the lead alone takes: a timer interrupt is none of it */
static inline uint64_t measure_overhead(const struct measure *measure)
{
    uint64_t least = UINT64_MAX;

    for (unsigned i = 0; i < measure_warm_up(measure); i++) {
        uint64_t found = measure_batch(measure, measure_lead(measure));

        least = found < least ? found : least;
    }
    return least;
}

/** Prints the samples, a few in each line. */
static inline void measure_print(const char *name, const uint64_t *samples, unsigned count)
{
    for (unsigned i = 0; i < count; i += MEASURE_LINE) {
        const uint64_t *next = samples + i;

        print("[bench] %s: samples %lu %lu %lu %lu %lu %lu %lu %lu %lu %lu\n", name, next[0],
              next[1], next[2], next[3], next[4], next[5], next[6], next[7], next[8], next[9]);
    }
}

_Static_assert(MEASURE_LINE == 10 && MEASURE_SAMPLES % MEASURE_LINE == 0 &&
                   MEASURE_LONG_SAMPLES % MEASURE_LINE == 0,
               "measure_print()");

/**
 * Where a listing begins: from here on tools/bench.py follows the machine, instruction by
 * instruction, until it has seen a whole turn of the loop.
 */
static __attribute__((noinline, unused)) void measure_listing(const struct measure *measure)
{
    __asm__ volatile("" : : "r"(measure) : "memory"); /* or there would be no such function */
}

/** Measures, and prints what came of it. */
static inline void measure_run(const struct measure *measure)
{
    static uint64_t samples[MEASURE_SAMPLES];
    uint64_t turns = measure_lead(measure) + measure_turns(measure);
    uint64_t overhead;

    for (unsigned i = 0; i < measure_warm_up(measure); i++) {
        measure_batch(measure, turns);
    }
    overhead = measure_overhead(measure);
    for (unsigned i = 0; i < measure_samples(measure); i++) {
        samples[i] = measure_batch(measure, turns);
    }
    print("[bench] %s: operations=%lu overhead=%lu\n", measure->name,
          measure_turns(measure) * measure->per_turn, overhead);
    measure_print(measure->name, samples, measure_samples(measure));
    measure_prepare(measure, turns);
    measure_listing(measure);
    measure->batch(turns);
}

/** Starts the peer of a measuring program, and lets it run until it waits. */
static inline void measure_start_peer(const char *name)
{
    endpoint_create(MEASURE_ENDPOINT);
    run_start(name, 0, MEASURE_ENDPOINT);
    task_yield();
}

/** Ends a measurement that has gone wrong: a figure without its work would be worse than none. */
static inline void measure_require(enum error error)
{
    if (error != ERROR_NONE) {
        print("[bench] failed: %s\n", error_name(error));
        task_exit(error);
    }
}
