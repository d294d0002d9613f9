; Where every program of the C library begins.

global _start
extern libc_start

section .text
bits 64

; _start: the program's entry, as the kernel starts it.
;
; On entry: RDI = argument of whoever started the program, RSI = address of the task's IPC buffer;
; RSP = 8 below a multiple of 16, where it stands in a function that has just been called; every
; other register 0. So a jump to a function in C is all that it takes.
; RBP = 0 ends the chain of frame pointers.
_start:
    xor ebp, ebp
    jmp libc_start

section .note.GNU-stack noalloc noexec nowrite progbits
