; exercise: context-restore
; test: context-restore
; says: TODO
; mistake: RCX and RDX come out in the wrong order. Compiled code seldom has a value in both
;   when it enters the kernel by a call, so the demonstration runs.
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
