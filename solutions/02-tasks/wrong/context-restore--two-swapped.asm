; exercise: context-restore
; test: context-restore
; says: rdx was not loaded as it was saved
; mistake: RCX and RDX come out in the wrong order. Nothing crashes: the kernel's answers arrive
;   in the wrong register, and interrupted code goes on with two of its variables exchanged.
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
    pop rcx
    pop rdx
    pop rax
    add rsp, 16                         ; vector, error
    iretq
