; exercise: syscall-entry
; test: entry-arguments
; says: r8 at syscall_enter\(\) is wrong
; mistake: Leaves the number in RAX, where the program has put it. C looks for its fifth
;   argument in R8.
syscall_entry:
    mov r9, [rel sched]
    mov [r9 + CONTEXT_RIP], rcx
    mov [r9 + CONTEXT_RFLAGS], r11
    mov qword [r9 + CONTEXT_VECTOR], CONTEXT_SYSCALL
    mov [r9 + CONTEXT_RSP], rsp
    lea rsp, [rel kernel_stack_end]
    mov rcx, r10
    call syscall_enter
    jmp syscall_exit
