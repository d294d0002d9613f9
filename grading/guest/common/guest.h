/**
 * @file
 * What the grader's test programs inside the kernel are written with.
 *
 * The graded kernel is a student's; these files are not, and they use as little of the kernel as
 * they can: boot_info.command_line, the symbol table and machine_stop(). A test is a function
 *
 *     void guest_test_format_numbers(void);
 *
 * which the words `test=format_numbers seed=0x..` of the command line choose. What it finds out it
 * reports as `key=value` lines on the debug port; the grader, outside, knows the seed too and
 * judges. A test proves little when it reports "passed": report what the kernel computed from
 * random input instead.
 *
 * When a test includes one of the kernel's sources, to compile it with spies in place of its port
 * functions, then in a file of its own that holds nothing else: a student's text may redefine what
 * follows it. The grader refuses a student's source that uses names beginning with guest_.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdnoreturn.h>

/** The seed of this boot, from the command line. */
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

/** The value of a word `key=value` of the command line as a number; `otherwise` without one. */
uint64_t guest_argument(const char *key, uint64_t otherwise);
