/**
 * @file
 * What every test program is written with, in the kernel (guest.h) and in user mode.
 *
 * What a test finds out it reports as `key=value` lines; the grader, outside, knows the seed too
 * and judges. A test proves little when it reports "passed": report what was computed from random
 * input instead.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdnoreturn.h>

/** The seed of this boot; of a user program, its own. */
extern uint64_t guest_seed;

/* Reports: a key has letters, digits, '_', '-' and '.' only; the same key may come many times. */
void guest_report(const char *key, uint64_t value);
void guest_report_signed(const char *key, int64_t value);
void guest_report_hex(const char *key, uint64_t value);
void guest_report_text(const char *key, const char *text);
void guest_report_bytes(const char *key, const void *bytes, size_t count);

/** Lets the grader look into the stopped machine; the name tells it where the test stands. */
void guest_checkpoint(const char *name);

/** Ends the test; returning from its function does the same. Any thread may call it. */
noreturn void guest_end(void);

/** The next number of the sequence that begins with the seed (the grader can compute it too). */
uint64_t guest_random(void);

/** A random number from 0 to limit - 1. */
uint64_t guest_random_below(uint64_t limit);

/** The same from a state of one's own; threads that share one would depend on their order. */
uint64_t guest_random_next(uint64_t *state);
