; Switching between the stacks of workers. See worker.c.

global worker_switch

section .text
bits 64

; worker_switch: leaves one stack, goes on where the other one was left.
;
; On entry: RDI = where to put the stack pointer of the one that is left, RSI = that of the other.
; Kept, each for its own stack: RBX, RBP, R12 to R15 (System V ABI 3.2.1). A new worker's stack
; begins as if it had been left here (worker_start()).
worker_switch:
    push rbp
    push rbx
    push r12
    push r13
    push r14
    push r15
    mov [rdi], rsp
    mov rsp, rsi
    pop r15
    pop r14
    pop r13
    pop r12
    pop rbx
    pop rbp
    ret

section .note.GNU-stack noalloc noexec nowrite progbits
