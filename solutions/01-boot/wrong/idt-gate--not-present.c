/*
 * exercise: idt-gate
 * test: idt-gates
 * says: got:.*not present
 * mistake: Fills every field that has a name of its own and forgets the one bit without: present.
 */
struct idt_gate idt_encode_gate(uintptr_t entry, enum ist_index ist, unsigned privilege)
{
    struct idt_gate gate = {0};

    gate.offset_low = (uint16_t)entry;
    gate.selector = KERNEL_CODE_SELECTOR;
    gate.ist = (uint8_t)ist;
    gate.type = (uint8_t)(GATE_INTERRUPT | privilege << 5);
    gate.offset_mid = (uint16_t)(entry >> 16);
    gate.offset_high = (uint32_t)(entry >> 32);
    return gate;
}
