; exercise: context-restore
; test: context-restore
; says: rdi was not loaded as it was saved
; mistake: Loads every register through RDI, which therefore has to stay as it is: RDI itself is
;   never loaded, and the thread finds the address of its own context in it.
context_restore:
    mov r15, [rdi]
    mov r14, [rdi + 8]
    mov r13, [rdi + 16]
    mov r12, [rdi + 24]
    mov r11, [rdi + 32]
    mov r10, [rdi + 40]
    mov r9, [rdi + 48]
    mov r8, [rdi + 56]
    mov rsi, [rdi + 72]
    mov rbp, [rdi + 80]
    mov rbx, [rdi + 88]
    mov rdx, [rdi + 96]
    mov rcx, [rdi + 104]
    mov rax, [rdi + 112]
    lea rsp, [rdi + 136]                ; rip
    iretq
