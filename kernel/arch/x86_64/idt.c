/**
 * @file
 * The interrupt descriptor table: which code runs at which vector.
 */
#include "arch/x86_64/idt.h"

#define VECTOR_COUNT 48u /* 32 exceptions, 16 interrupt lines */
#define VECTOR_NMI 2u
#define VECTOR_DOUBLE_FAULT 8u
#define VECTOR_MACHINE_CHECK 18u

extern const uintptr_t vector_entries[VECTOR_COUNT]; /* entry.asm */

/* Written by idt_set_gate, read by the CPU. */
static struct idt_gate idt[IDT_VECTORS];

/**
 * Encodes a gate: what the CPU needs to know to enter the kernel at a vector.
 *
 * Every gate of the kernel is an *interrupt* gate: the CPU clears IF on the way in, since the
 * kernel runs with interrupts off. It is present, and its code segment is KERNEL_CODE_SELECTOR.
 *
 * @param entry      the entry point's address, all 64 bits of it
 * @param ist        interrupt stack table entry, 1 to 7
 * @param privilege  the lowest privilege that may use the gate by an int instruction, 0 to 3 (DPL);
 *                   exceptions and interrupts of the hardware do not look at it
 * @return the gate, its reserved bits 0
 *
 * Source: Intel SDM Vol. 3A 6.14.1, figure 6-8.
 */
struct idt_gate idt_encode_gate(uintptr_t entry, enum ist_index ist, unsigned privilege)
{
    return (struct idt_gate){
        .offset_low = (uint16_t)entry,
        .selector = KERNEL_CODE_SELECTOR,
        .ist = (uint8_t)ist,
        .type = (uint8_t)(GATE_PRESENT | privilege << 5 | GATE_INTERRUPT),
        .offset_mid = (uint16_t)(entry >> 16),
        .offset_high = (uint32_t)(entry >> 32),
    };
}

/**
 * Puts a gate into the table.
 *
 * @param vector     0 to 255
 * @param entry      the entry point's address
 * @param ist        interrupt stack table entry
 * @param privilege  see idt_encode_gate()
 */
void idt_set_gate(unsigned vector, uintptr_t entry, enum ist_index ist, unsigned privilege)
{
    idt[vector] = idt_encode_gate(entry, ist, privilege);
}

/**
 * Fills the gates of all exceptions and interrupt lines, and loads the table.
 */
void idt_init(void)
{
    struct {
        uint16_t limit;
        uint64_t base;
    } __attribute__((packed)) pointer = {sizeof(idt) - 1, (uintptr_t)idt};

    for (unsigned vector = 0; vector < VECTOR_COUNT; vector++) {
        idt_set_gate(vector, vector_entries[vector], IST_CONTEXT, 0);
    }
    idt_set_gate(VECTOR_NMI, vector_entries[VECTOR_NMI], IST_NMI, 0);
    idt_set_gate(VECTOR_DOUBLE_FAULT, vector_entries[VECTOR_DOUBLE_FAULT], IST_DOUBLE_FAULT, 0);
    idt_set_gate(VECTOR_MACHINE_CHECK, vector_entries[VECTOR_MACHINE_CHECK], IST_NMI, 0);
    __asm__ volatile("lidt %0" : : "m"(pointer));
}
