/**
 * @file
 * Privileges: what each program may have, beyond what every program has.
 *
 * They stand beside the program's code, in NAME.needs: one in a line, `#` begins a comment.
 *
 *     memory N      N pages of untyped memory in SLOT_OWN_MEMORY; without this line one page,
 *                   which is enough for 64 endpoints and notifications
 *     tables N      N page tables more than the program and its stack take; else PRIVILEGE_TABLES
 *     heap N        N pages from INIT_HEAP_START on, which are empty when it first uses them
 *     slots N       its capability space has N slots, more than OWN_SLOTS
 *     space         its own address space, in SLOT_OWN_SPACE
 *     thread        its own thread, in SLOT_OWN_THREAD
 *     cspace        its own capability space, in SLOT_OWN_CSPACE
 *     screen        the text screen's memory: eight pages, in SLOT_OWN_SCREEN
 *     ports A-B     I/O ports from A to B; the first such line in SLOT_OWN_PORTS, others behind
 *     irq N         the interrupt line N, 1 to 15, in SLOT_OWN_IRQ + N. Only one task at a time can
 *                   have it
 *     serves NAME   receives what is sent to the service NAME, in SLOT_OWN_SERVICE. A program has
 *                   one service, a service one program, and only one task at a time can run that
 *     calls NAME    may send to the service NAME, which some program serves, with its task's name
 *                   as badge; the first such line in SLOT_OWN_CALLS, others behind
 *     priority N    its level, 0 to PRIVILEGE_PRIORITY_MAX: those of higher levels run first;
 *                   without this line PRIVILEGE_PRIORITY
 *
 * Numbers are decimal, or hexadecimal behind 0x. The build puts all these files into one, the boot
 * module `privileges`, each behind a line `program NAME`. A program that is not in it has what is
 * said above for missing lines; so has one with a line that cannot be read.
 */
#pragma once

#include <stdint.h>

#include "capability.h"

#define PRIVILEGES_FILE "privileges" /**< the boot module's name */

#define PRIVILEGE_MEMORY 1u        /**< pages of untyped memory that every program has */
#define PRIVILEGE_TABLES 4u        /**< page tables that every program has more than it must */
#define PRIVILEGE_PRIORITY 16u     /**< level of every program */
#define PRIVILEGE_MEMORY_MAX 4096u /**< most pages: 16 MB */
#define PRIVILEGE_TABLES_MAX 256u
#define PRIVILEGE_SLOTS_MAX 1024u
#define PRIVILEGE_RANGES 4u                          /**< most ranges of I/O ports */
#define PRIVILEGE_LINES 16u                          /**< interrupt lines */
#define PRIVILEGE_CALLS 4u                           /**< most services that one program calls */
#define PRIVILEGE_PRIORITY_MAX (PRIORITY_LEVELS - 2) /**< the root task is above all others */

/** Bits: what a program has that needs no number. Those behind are the names in powers.c. */
enum privilege_part {
    PRIVILEGE_SPACE = 1,
    PRIVILEGE_THREAD = 2,
    PRIVILEGE_CSPACE = 4,
    PRIVILEGE_SCREEN = 8
};

#define PRIVILEGE_PARTS 4u /**< so many bits: enum privilege_part */

extern const char *const power_names[];
extern const unsigned power_count;

/** Some I/O ports. */
struct port_range {
    uint16_t first, last;
};

/** What a program may have. */
struct privileges {
    uint32_t memory; /**< pages */
    uint32_t tables;
    uint32_t heap;  /**< pages */
    uint32_t slots; /**< of its capability space */
    uint32_t parts; /**< sum of enum privilege_part, and powers behind them */
    uint32_t lines; /**< a bit for each interrupt line */
    uint32_t priority;
    uint32_t serves; /**< a service's number (services.c); 0: none */
    uint32_t call_count;
    uint32_t calls[PRIVILEGE_CALLS]; /**< services' numbers */
    uint32_t range_count;
    struct port_range ranges[PRIVILEGE_RANGES];
};

void privileges_read(const char *text, uint64_t size);
const struct privileges *privileges_find(const char *name);
