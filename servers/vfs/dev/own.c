/**
 * @file
 * The server's own devices: null takes everything and has nothing; zero has nothing but zeros; full
 * is a zero that takes nothing; random has numbers that are hard to foresee, but no secrets: they
 * come from the moments at which it is read.
 */
#include "vfs/dev/own.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "time_stamp.h"

static uint64_t random_state;

static int read_end(void *to, size_t size, size_t *done)
{
    (void)to;
    (void)size;
    *done = 0;
    return 0;
}

static int read_zeros(void *to, size_t size, size_t *done)
{
    memset(to, 0, size);
    *done = size;
    return 0;
}

/** The generator is SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators,
 * 2014), moved on by the time stamp each time. */
static uint64_t next_random(void)
{
    uint64_t mixed;

    random_state += 0x9E3779B97F4A7C15u + time_stamp();
    mixed = random_state;
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBu;
    return mixed ^ mixed >> 31;
}

static int read_random(void *to, size_t size, size_t *done)
{
    uint8_t *bytes = to;

    for (size_t i = 0; i < size; i++) {
        bytes[i] = (uint8_t)next_random();
    }
    *done = size;
    return 0;
}

static int write_all(const void *from, size_t size, size_t *done)
{
    (void)from;
    *done = size;
    return 0;
}

static int write_none(const void *from, size_t size, size_t *done)
{
    (void)from;
    (void)size;
    (void)done;
    return ENOSPC;
}

const struct dev_own dev_own[DEV_OWN_COUNT] = {
    {"null", read_end, write_all},
    {"zero", read_zeros, write_all},
    {"full", read_zeros, write_none},
    {"random", read_random, write_all},
};
