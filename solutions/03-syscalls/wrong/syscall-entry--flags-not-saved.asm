; exercise: syscall-entry
; test: entry-saved
; says: rflags in the current thread's context is wrong
; mistake: Saves no flags: R11 is only a scratch register, it believes.
syscall_entry:
    mov r9, [rel sched]
    mov [r9 + CONTEXT_RIP], rcx
    mov qword [r9 + CONTEXT_VECTOR], CONTEXT_SYSCALL
    mov [r9 + CONTEXT_RSP], rsp
    lea rsp, [rel kernel_stack_end]
    mov rcx, r10
    mov r8, rax
    call syscall_enter
    jmp syscall_exit
