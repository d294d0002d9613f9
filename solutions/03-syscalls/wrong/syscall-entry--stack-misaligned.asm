; exercise: syscall-entry
; test: entry-arguments
; says: the stack is not aligned
; mistake: Leaves a word free at the end of the stack. A function of C may rely on a multiple
;   of 16 before its return address is pushed.
syscall_entry:
    mov r9, [rel sched]
    mov [r9 + CONTEXT_RIP], rcx
    mov [r9 + CONTEXT_RFLAGS], r11
    mov qword [r9 + CONTEXT_VECTOR], CONTEXT_SYSCALL
    mov [r9 + CONTEXT_RSP], rsp
    lea rsp, [rel kernel_stack_end]
    sub rsp, 8
    mov rcx, r10
    mov r8, rax
    call syscall_enter
    jmp syscall_exit
