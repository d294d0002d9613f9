; exercise: context-restore
; test: context-restore
; says: did not lead to the saved rip
; mistake: Skips one word for 'vector and error'. iretq takes the error code for RIP, RIP for CS
;   and so on.
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
    add rsp, 8                          ; vector, error
    iretq
