; A table of system calls whose functions all say their number and go to the same place.

CALLS           equ 96                  ; between.h: GUEST_TABLE_ROOM

extern guest_called
global __wrap_call_table:data

section .text
bits 64

; struct call_result guest_call_N(first, second, third, fourth): the number becomes the fifth.
%assign number 0
%rep CALLS
call_%+number:
    mov r8d, number
    jmp guest_called
%assign number number + 1
%endrep

section .rodata
align 8
__wrap_call_table:
%assign number 0
%rep CALLS
    dq call_%+number
%assign number number + 1
%endrep

section .note.GNU-stack noalloc noexec nowrite progbits
