/**
 * @file
 * Between the reports' form (report.c) and the place that they go to, which is another one in the
 * kernel than in a user program.
 */
#pragma once

#include <stdint.h>

/* The place: a line begins, characters come, the line ends. `state` is the place's own affair. */
uint64_t guest_line_begin(void);
void guest_put(char character);
void guest_line_end(uint64_t state);

/** Puts the lowest hexadecimal digits of a number. */
void guest_put_hex(uint64_t value, unsigned digits);

/** Where the grader stops a test that has ended: stops.asm. */
void guest_finished(void);

/** Begins the sequence of random numbers. */
void guest_random_start(uint64_t seed);
