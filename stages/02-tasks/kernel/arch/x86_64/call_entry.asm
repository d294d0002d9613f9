; Kernel calls: from the CPU to trap_entry.

CALL_VECTOR     equ 48                  ; call.c

extern trap_entry
global call_entry

section .text
bits 64

; The entry point of vector 48. The caller's registers are saved as those of an interruption.
call_entry:
    push qword 0                        ; where an exception may have an error code
    push qword CALL_VECTOR
    jmp trap_entry
