; exercise: syscall-entry
; test: entry-arguments
; says: interrupts are on in syscall_enter
; mistake: Turns interrupts on, so that long calls do not delay them. This kernel has one
;   stack: an interrupt in a call overwrites the context that was just saved.
syscall_entry:
    mov r9, [rel sched]
    mov [r9 + CONTEXT_RIP], rcx
    mov [r9 + CONTEXT_RFLAGS], r11
    mov qword [r9 + CONTEXT_VECTOR], CONTEXT_SYSCALL
    mov [r9 + CONTEXT_RSP], rsp
    lea rsp, [rel kernel_stack_end]
    mov rcx, r10
    mov r8, rax
    sti
    call syscall_enter
    cli
    jmp syscall_exit
