; From the fault stack to the kernel's stack.

extern kernel_stack_end
global stack_restart

section .text
bits 64

; stack_restart: go on with a function on the kernel's stack, which is empty then. Called from C:
; noreturn. A program's exceptions are dealt with there, like all its other requests, so that the
; fault stack is free for an exception of the kernel itself.
;
; On entry: RDI = the function, which must not return; RSI = its argument.
stack_restart:
    mov rax, rdi
    mov rdi, rsi
    lea rsp, [rel kernel_stack_end]
    xor ebp, ebp
    call rax
