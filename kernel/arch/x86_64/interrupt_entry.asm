; Interrupts: from the CPU to trap_entry. (Exceptions: entry.asm.)

FIRST_VECTOR    equ 32                  ; interrupt.h: INTERRUPT_VECTOR
ENTRY_COUNT     equ 16                  ; interrupt lines

extern trap_entry
global interrupt_entries

section .text
bits 64

%assign vector FIRST_VECTOR
%rep ENTRY_COUNT
interrupt_entry_%+vector:
    push qword 0                        ; where an exception may have an error code
    push qword vector
    jmp trap_entry
%assign vector vector + 1
%endrep

section .rodata
; uintptr_t interrupt_entries[16]: the entry points of vectors 32 to 47.
align 8
interrupt_entries:
%assign vector FIRST_VECTOR
%rep ENTRY_COUNT
    dq interrupt_entry_%+vector
%assign vector vector + 1
%endrep

section .note.GNU-stack noalloc noexec nowrite progbits
