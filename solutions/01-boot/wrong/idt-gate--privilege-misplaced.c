/*
 * exercise: idt-gate
 * test: idt-gates
 * says: privilege [123]\): field type is wrong
 * mistake: Shifts the privilege by 4: counts the five bits of the type that the 32-bit manual
 *     speaks of, from the wrong end. With privilege 0, which is all that this stage uses, nothing
 *     is seen.
 */
struct idt_gate idt_encode_gate(uintptr_t entry, enum ist_index ist, unsigned privilege)
{
    return (struct idt_gate){
        .offset_low = (uint16_t)entry,
        .selector = KERNEL_CODE_SELECTOR,
        .ist = (uint8_t)ist,
        .type = (uint8_t)(GATE_PRESENT | privilege << 4 | GATE_INTERRUPT),
        .offset_mid = (uint16_t)(entry >> 16),
        .offset_high = (uint32_t)(entry >> 32),
    };
}
