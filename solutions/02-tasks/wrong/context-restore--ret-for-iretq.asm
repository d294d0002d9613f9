; exercise: context-restore
; test: context-restore
; says: rflags was not loaded as it was saved
; mistake: Goes back as a function would: the instruction pointer on the thread's own stack,
;   then ret. The flags of the interrupted code are not loaded; sti alone makes the interrupts
;   come.
context_restore:
    mov rax, [rdi + 160]                ; rsp
    mov rcx, [rdi + 136]                ; rip
    mov [rax - 8], rcx                  ; as if it had been pushed by a call
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
    mov rsp, [rsp + 40]                 ; from vector to rsp
    lea rsp, [rsp - 8]
    sti
    ret
