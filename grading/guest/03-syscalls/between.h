/**
 * @file
 * What the tests put between the parts of the kernel: see between.c.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "abi/error.h"
#include "syscall/table.h"
#include "task/thread.h"

#define GUEST_TABLE_ROOM 96u /* system calls; the test says how many of them count */

/** Functions that take the place of the kernel's. Set by the tests, before they are called. */
struct guest_between {
    void *(*user_memory_find)(uintptr_t address, unsigned rights);
    enum error (*program_add_page)(struct thread *thread, uintptr_t address, unsigned rights,
                                   uint8_t **view);
    void (*program_end)(struct thread *thread, int64_t status);
};

extern struct guest_between guest_between;

/** The table of system calls, as syscall_enter() sees it: function n of call_functions.asm. */
extern const call_function __wrap_call_table[GUEST_TABLE_ROOM];
extern uint64_t __wrap_call_table_size;

/* The kernel's own. */
void __real_syscall_init(void);
struct call_result __real_syscall_enter(uint64_t first, uint64_t second, uint64_t third,
                                        uint64_t fourth, uint64_t number);
