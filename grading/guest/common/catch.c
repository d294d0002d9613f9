/**
 * @file
 * The grader's own interrupt descriptor table, and calls that survive an exception.
 */
#include "catch.h"

#include "arch/x86_64/gdt.h"

#define VECTORS 256u
#define EXCEPTIONS 32u
#define CODE_SELECTOR 0x08u
#define INTERRUPT_GATE 0x8Eu /* present, DPL 0, 64-bit interrupt gate: Intel SDM Vol. 3A 6.14.1 */
#define ABSENT_GATE 0x0Eu

/** Operand of lidt and sidt. */
struct table_pointer {
    uint16_t limit;
    uint64_t base;
} __attribute__((packed));

static struct {
    uint16_t offset_low, selector, attributes, offset_mid;
    uint32_t offset_high, reserved;
} table[VECTORS];

struct guest_caught guest_caught; /* filled by catch.asm */

extern const uintptr_t guest_catch_entries[EXCEPTIONS];
uint64_t guest_try_call(void (*function)(void *argument), void *argument);

/** A test runs alone: a later stage's timer would take the CPU away in the middle of it. */
void guest_interrupts_off(void)
{
    __asm__ volatile("cli" : : : "memory");
}

/** Points a vector of the grader's table somewhere. @param ist  stack table entry; 0: none */
void guest_idt_set(unsigned vector, uintptr_t entry, unsigned ist)
{
    table[vector].offset_low = (uint16_t)entry;
    table[vector].selector = CODE_SELECTOR;
    table[vector].attributes = (uint16_t)(INTERRUPT_GATE << 8 | ist);
    table[vector].offset_mid = (uint16_t)(entry >> 16);
    table[vector].offset_high = (uint32_t)(entry >> 32);
}

/** Takes a vector's gate away: using it is a segment-not-present exception. */
void guest_idt_clear(unsigned vector)
{
    table[vector].attributes = ABSENT_GATE << 8;
}

/** Makes the grader's table the one that the CPU uses. */
void guest_idt_load(void)
{
    struct table_pointer pointer = {sizeof(table) - 1, (uintptr_t)table};

    __asm__ volatile("lidt %0" : : "m"(pointer) : "memory");
}

/**
 * Calls a function; an exception inside it ends it. Needs interrupts off, and does not nest.
 *
 * @return whether the function returned; if not, `caught` says why
 */
bool guest_try(void (*function)(void *argument), void *argument, struct guest_caught *caught)
{
    struct table_pointer before;
    bool returned;

    for (unsigned vector = 0; vector < EXCEPTIONS; vector++) {
        guest_idt_set(vector, guest_catch_entries[vector], IST_CONTEXT);
    }
    __asm__ volatile("sidt %0" : "=m"(before));
    guest_idt_load();
    returned = guest_try_call(function, argument) != 0;
    __asm__ volatile("lidt %0" : : "m"(before) : "memory");
    *caught = guest_caught;
    return returned;
}
