/**
 * @file
 * A load of programs of all kinds, several times; at the end everything has been given back.
 */
#include "guest_program.h"

#include "calls.h"
#include "culprits.h"

#define ROUNDS 2u
#define MOMENTS 3u /* in a round, for the grader to look at the machine */
#define KEEPER_ROUNDS 150u
#define FUZZER_ROUNDS 1500u
#define SPINS 700000u

/** A program of the load. */
static const struct {
    const char *name;
    uint64_t argument;
} load[] = {
    {"keeper", KEEPER_ROUNDS},   {"spinner", SPINS},          {"fuzzer", FUZZER_ROUNDS},
    {"fuzzer_2", FUZZER_ROUNDS}, {"fuzzer_3", FUZZER_ROUNDS},
};

#define PROGRAMS (sizeof(load) / sizeof(load[0]))

static void report_end(const char *key, struct call_result joined)
{
    guest_report("join-error", joined.error);
    guest_report_hex(key, joined.value);
}

/** Stops for the grader now and then, and lets culprits be ended meanwhile. */
static void disturb(void)
{
    for (unsigned i = 0; i < MOMENTS; i++) {
        report_end("culprit",
                   join_task(start_program("culprit", guest_random_below(CRIMES)).value));
        guest_checkpoint("moment");
        raw_call(CALL_TASK_SLEEP, 1 + guest_random_below(4), 0, 0);
    }
}

static void run_load(void)
{
    uint64_t ids[PROGRAMS];

    for (unsigned i = 0; i < PROGRAMS; i++) {
        struct call_result started = start_program(load[i].name, load[i].argument);

        guest_report("start-error", started.error);
        ids[i] = started.value;
    }
    disturb();
    for (unsigned i = 0; i < PROGRAMS; i++) {
        report_end(load[i].name, join_task(ids[i]));
    }
}

int64_t guest_main(uint64_t argument)
{
    (void)argument;
    guest_checkpoint("before");
    for (unsigned round = 0; round < ROUNDS; round++) {
        run_load();
    }
    guest_checkpoint("after");
    return 0;
}
