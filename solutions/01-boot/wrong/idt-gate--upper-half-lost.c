/*
 * exercise: idt-gate
 * test: idt-gates
 * says: field offset_high is wrong
 * mistake: Follows a description of the 32-bit gate: two halves of 16 bits, done. The kernel lives
 *     near the top of 64 bits, so the CPU jumps to a page that is not there, faults, fails to
 *     deliver that too, and resets.
 */
struct idt_gate idt_encode_gate(uintptr_t entry, enum ist_index ist, unsigned privilege)
{
    return (struct idt_gate){
        .offset_low = (uint16_t)entry,
        .selector = KERNEL_CODE_SELECTOR,
        .ist = (uint8_t)ist,
        .type = (uint8_t)(GATE_PRESENT | privilege << 5 | GATE_INTERRUPT),
        .offset_mid = (uint16_t)(entry >> 16),
    };
}
