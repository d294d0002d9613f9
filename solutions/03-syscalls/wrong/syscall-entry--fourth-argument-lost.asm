; exercise: syscall-entry
; test: entry-arguments
; says: rcx at syscall_enter\(\) is wrong
; mistake: Forgets that SYSCALL needs RCX for itself: C's fourth argument is where the program
;   goes on, instead of what came in R10.
syscall_entry:
    mov r9, [rel sched]
    mov [r9 + CONTEXT_RIP], rcx
    mov [r9 + CONTEXT_RFLAGS], r11
    mov qword [r9 + CONTEXT_VECTOR], CONTEXT_SYSCALL
    mov [r9 + CONTEXT_RSP], rsp
    lea rsp, [rel kernel_stack_end]
    mov r8, rax
    call syscall_enter
    jmp syscall_exit
