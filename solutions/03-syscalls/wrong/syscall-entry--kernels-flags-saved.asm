; exercise: syscall-entry
; test: entry-saved
; says: rflags in the current thread's context is wrong
; mistake: Saves RFLAGS as they are in the kernel. SYSCALL has cleared some of them before:
;   the program's own are in R11.
syscall_entry:
    mov r9, [rel sched]
    mov [r9 + CONTEXT_RIP], rcx
    mov qword [r9 + CONTEXT_VECTOR], CONTEXT_SYSCALL
    mov [r9 + CONTEXT_RSP], rsp
    lea rsp, [rel kernel_stack_end]
    pushfq
    mov rcx, [rel sched]
    pop qword [rcx + CONTEXT_RFLAGS]
    mov rcx, r10
    mov r8, rax
    call syscall_enter
    jmp syscall_exit
