; exercise: syscall-entry
; test: entry-saved
; says: rsp in the current thread's context is wrong
; mistake: Saves RSP when it is the kernel's already.
syscall_entry:
    lea rsp, [rel kernel_stack_end]
    mov r9, [rel sched]
    mov [r9 + CONTEXT_RIP], rcx
    mov [r9 + CONTEXT_RFLAGS], r11
    mov [r9 + CONTEXT_RSP], rsp
    mov qword [r9 + CONTEXT_VECTOR], CONTEXT_SYSCALL
    mov rcx, r10
    mov r8, rax
    call syscall_enter
    jmp syscall_exit
