/**
 * @file
 * Random numbers: splitmix64, by Sebastiano Vigna (public domain). The grader computes the same.
 */
#include "reports.h"
#include "sink.h"

#define RANDOM_STEP 0x9E3779B97F4A7C15u
#define RANDOM_MIX_1 0xBF58476D1CE4E5B9u
#define RANDOM_MIX_2 0x94D049BB133111EBu

static uint64_t random_state;

void guest_random_start(uint64_t seed)
{
    random_state = seed;
}

uint64_t guest_random_next(uint64_t *state)
{
    uint64_t mixed = *state += RANDOM_STEP;

    mixed = (mixed ^ mixed >> 30) * RANDOM_MIX_1;
    mixed = (mixed ^ mixed >> 27) * RANDOM_MIX_2;
    return mixed ^ mixed >> 31;
}

uint64_t guest_random(void)
{
    return guest_random_next(&random_state);
}

uint64_t guest_random_below(uint64_t limit)
{
    return guest_random() % limit;
}
