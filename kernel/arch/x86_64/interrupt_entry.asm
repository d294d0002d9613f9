; Interrupts: from the CPU to trap_entry. (Exceptions: entry.asm.)

%include "arch/x86_64/entry.inc"

extern trap_entry

bits 64
entry_points interrupt, 32, 16          ; interrupt.h: INTERRUPT_VECTOR, INTERRUPT_LINES
