/**
 * @file
 * What a test of one function notes of each call: numbers in the order in which they come, first
 * what the function has called, then its result. A call's numbers are reported together.
 *
 * The sources under test are linked with the program that tests them (NAME.uses). What they call
 * in other files is the test's own, a stand-in.
 */
#pragma once

#include "guest_program.h"

#define NOTES_MOST 600u

static uint64_t notes[NOTES_MOST];
static unsigned notes_count;

/** Reports the numbers of a call. */
static inline void notes_end(void)
{
    guest_report_bytes("case", notes, notes_count * sizeof(*notes));
    notes_count = 0;
}

/** A function that calls others without end is not waited for. */
static inline void note(uint64_t number)
{
    if (notes_count == NOTES_MOST) {
        guest_report("endless", 1);
        guest_end();
    }
    notes[notes_count++] = number;
}

/** A call of a stand-in: which, and what it was given; 56 bits of it. */
static inline void note_call(unsigned which, uint64_t given)
{
    note((uint64_t)which << 56 | (given & (((uint64_t)1 << 56) - 1)));
}

/** A number that stands for many bytes. */
static inline uint64_t digest_of(const uint8_t *bytes, size_t size)
{
    uint64_t digest = 0;

    for (size_t i = 0; i < size; i++) {
        digest += bytes[i] * (uint64_t)(i + 1);
    }
    return digest;
}
