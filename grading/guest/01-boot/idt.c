/**
 * @file
 * Exercise "idt-gate": gates encoded from random arguments. The live table is read from outside.
 */
#include "arch/x86_64/idt.h"

#include "guest.h"

#define GATE_COUNT 64u

/** One call of idt_encode_gate(). */
struct guest_gate {
    uint64_t entry;
    uint64_t ist, privilege;
    struct idt_gate gate;
};

struct guest_gate guest_gates[GATE_COUNT];

void guest_test_idt_gates(void);

/** Encodes gates; those that anyone would try come first. */
void guest_test_idt_gates(void)
{
    for (unsigned i = 0; i < GATE_COUNT; i++) {
        guest_gates[i].entry = guest_random();
        guest_gates[i].ist = 1 + guest_random_below(7);
        guest_gates[i].privilege = guest_random_below(4);
    }
    guest_gates[0] = (struct guest_gate){.entry = 0xFFFFFFFF80123456, .ist = 1, .privilege = 0};
    guest_gates[1] = (struct guest_gate){.entry = 0x1122334455667788, .ist = 2, .privilege = 3};
    guest_checkpoint("ready");
    for (unsigned i = 0; i < GATE_COUNT; i++) {
        guest_gates[i].gate =
            idt_encode_gate(guest_gates[i].entry, (enum ist_index)guest_gates[i].ist,
                            (unsigned)guest_gates[i].privilege);
    }
    guest_checkpoint("done");
}
