/**
 * @file
 * The interrupt descriptor table.
 */
#pragma once

#include "arch/x86_64/gdt.h"

#define IDT_VECTORS 256u

/** A gate descriptor, 64-bit format (Intel SDM Vol. 3A 6.14.1, figure 6-8). */
struct idt_gate {
    uint16_t offset_low;  /**< bits 0 to 15 of the entry point */
    uint16_t selector;    /**< code segment to run in */
    uint8_t ist;          /**< bits 0 to 2: interrupt stack table entry; the rest is 0 */
    uint8_t type;         /**< bits 0 to 3: gate type; 5 and 6: DPL; 7: present */
    uint16_t offset_mid;  /**< bits 16 to 31 of the entry point */
    uint32_t offset_high; /**< bits 32 to 63 of the entry point */
    uint32_t reserved;    /**< 0 */
};

_Static_assert(sizeof(struct idt_gate) == 16, "Intel SDM Vol. 3A 6.14.1");

#define GATE_INTERRUPT 0x0E /**< gate type: 64-bit interrupt gate, which clears IF */
#define GATE_TRAP 0x0F      /**< gate type: 64-bit trap gate, which leaves IF alone */
#define GATE_PRESENT 0x80

struct idt_gate idt_encode_gate(uintptr_t entry, enum ist_index ist, unsigned privilege);
void idt_set_gate(unsigned vector, uintptr_t entry, enum ist_index ist, unsigned privilege);
