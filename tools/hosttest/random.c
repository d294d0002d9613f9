/**
 * @file
 * Random numbers from a seed: SplitMix64.
 */
#include "random.h"

static uint64_t random_state;

/** Starts the row of random numbers that belongs to a seed. */
void random_start(uint64_t seed)
{
    random_state = seed;
}

/** @return 64 random bits (SplitMix64) */
uint64_t random_next(void)
{
    uint64_t bits = random_state += 0x9E3779B97F4A7C15u;

    bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9u;
    bits = (bits ^ bits >> 27) * 0x94D049BB133111EBu;
    return bits ^ bits >> 31;
}

/** @return a number from 0 to limit - 1 */
uint64_t random_below(uint64_t limit)
{
    return random_next() % limit;
}

/** @return true in so many of a hundred cases */
bool random_chance(unsigned percent)
{
    return random_below(100) < percent;
}

/** @return what a hostile program would try: borders of all widths, and anything */
uint64_t random_wild(void)
{
    uint64_t border = (uint64_t)1 << random_below(64);

    switch (random_below(5)) {
    case 0:
        return border - 1;
    case 1:
        return border;
    case 2:
        return 0 - border;
    case 3:
        return UINT64_MAX - random_below(8);
    default:
        return random_next();
    }
}
