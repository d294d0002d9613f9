/*
 * exercise: idt-gate
 * test: idt-gates
 * says: got:.*trap gate
 * mistake: Chooses the gate by its name: exceptions are traps, so a trap gate. That gate leaves
 *     interrupts on, and the kernel, which runs with interrupts off, is interrupted while it is
 *     still saving registers. In this stage no interrupt comes, so nothing is seen.
 */
struct idt_gate idt_encode_gate(uintptr_t entry, enum ist_index ist, unsigned privilege)
{
    return (struct idt_gate){
        .offset_low = (uint16_t)entry,
        .selector = KERNEL_CODE_SELECTOR,
        .ist = (uint8_t)ist,
        .type = (uint8_t)(GATE_PRESENT | privilege << 5 | GATE_TRAP),
        .offset_mid = (uint16_t)(entry >> 16),
        .offset_high = (uint32_t)(entry >> 32),
    };
}
