/**
 * @file
 * Numbers that look random (ISO C11 7.22.2). They are not for secrets: whoever sees a few can tell
 * the next ones.
 *
 * A linear congruential generator modulo 2^64 with Knuth's MMIX constants (The Art of Computer
 * Programming, volume 2, 3.3.4); its high bits are the good ones.
 */
#include <stdint.h>
#include <stdlib.h>

static uint64_t state = 1;

/** Begins the row of a seed; without this, that of seed 1 runs. */
void srand(unsigned seed)
{
    state = seed;
}

/** @return the next number of the row, 0 to RAND_MAX */
int rand(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (int)(state >> 33);
}
