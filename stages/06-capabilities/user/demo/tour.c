/**
 * @file
 * The tour: small programs, to be read one after the other, each of which shows one thing that
 * capabilities are for, and looks whether it is so. Each is given a number, and has to come back
 * with twice that, by the way that it shows.
 */
#include "authority.h"
#include "show.h"

#include "print.h"
#include "time_stamp.h"

static const char *const programs[] = {
    "tour_hello",   "tour_caps", "tour_untyped", "tour_map",   "tour_transfer",
    "tour_handler", "tour_irq",  "tour_system",  "tour_story",
};

#define PROGRAMS (sizeof(programs) / sizeof(programs[0]))

/** @return a number that nobody knew before: 1 to 2^32 - 1 */
static uint64_t challenge(void)
{
    const uint64_t spread = 0x9E3779B97F4A7C15ul; /* 2^64 divided by the golden ratio */

    return time_stamp() * spread >> 32 | 1;
}

int64_t show_tour(void)
{
    int64_t wrong = 0;

    for (uint64_t i = 0; i < PROGRAMS; i++) {
        uint64_t number = challenge();
        int64_t found = show_run(programs[i], number);

        if (found != (int64_t)(2 * number)) {
            print("[demo] %s: %ld instead of %lu\n", programs[i], found, 2 * number);
            wrong++;
        }
    }
    print("[demo] the tour: %lu programs, %ld wrong\n", PROGRAMS, wrong);
    return wrong;
}
