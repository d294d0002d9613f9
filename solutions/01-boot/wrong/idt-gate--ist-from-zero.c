/*
 * exercise: idt-gate
 * test: idt-gates
 * says: field ist is wrong
 * mistake: Subtracts one, because the TSS keeps its table of stacks in an array that C counts from
 *     0. The field in the gate counts from 1; its 0 means "stay on the current stack".
 */
struct idt_gate idt_encode_gate(uintptr_t entry, enum ist_index ist, unsigned privilege)
{
    return (struct idt_gate){
        .offset_low = (uint16_t)entry,
        .selector = KERNEL_CODE_SELECTOR,
        .ist = (uint8_t)(ist - 1),
        .type = (uint8_t)(GATE_PRESENT | privilege << 5 | GATE_INTERRUPT),
        .offset_mid = (uint16_t)(entry >> 16),
        .offset_high = (uint32_t)(entry >> 32),
    };
}
