; The way out of the kernel.

global context_restore

section .text
bits 64

; context_restore: go on with a saved context. Called from C: noreturn.
;
; On entry: RDI = address of a complete struct context (context.h tells the order), interrupts off.
; Does: loads the 15 general registers from it, skips vector and error, and lets iretq load RIP, CS,
; RFLAGS, RSP and SS at once (Intel SDM Vol. 2A, IRET: in 64-bit mode all five are popped). Every
; register ends up as it was saved, RDI too. It writes no memory: neither the context nor the stack
; that RSP is to point at.
context_restore:
    mov rsp, rdi
    pop r15
    pop r14
    pop r13
    pop r12
    pop r11
    pop r10
    pop r9
    pop r8
    pop rdi
    pop rsi
    pop rbp
    pop rbx
    pop rdx
    pop rcx
    pop rax
    add rsp, 16                         ; vector, error
    iretq
