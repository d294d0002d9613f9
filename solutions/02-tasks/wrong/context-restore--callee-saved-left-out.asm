; exercise: context-restore
; test: context-restore
; says: rbp was not loaded as it was saved
; mistake: Relies on the calling convention: 'C functions preserve RBX and RBP, so they still
;   have the right values.' They have those of the thread that was interrupted, not of the one
;   that is to go on.
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
    add rsp, 16                         ; rbp, rbx: preserved by every C function
    pop rdx
    pop rcx
    pop rax
    add rsp, 16                         ; vector, error
    iretq
