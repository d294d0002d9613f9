/**
 * @file
 * Exceptions that belong to the test: an interrupt descriptor table of the grader's own, so that a
 * test needs neither the kernel's gates nor its entry code.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/** The exception that ended guest_try(). */
struct guest_caught {
    uint64_t vector;
    uint64_t error;
    uint64_t rip;
    uint64_t address; /**< CR2: means something for a page fault only */
};

bool guest_try(void (*function)(void *argument), void *argument, struct guest_caught *caught);

void guest_interrupts_off(void);
void guest_idt_load(void);
void guest_idt_set(unsigned vector, uintptr_t entry, unsigned ist);
void guest_idt_clear(unsigned vector);
