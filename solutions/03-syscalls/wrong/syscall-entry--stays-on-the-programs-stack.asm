; exercise: syscall-entry
; test: entry-arguments
; says: RSP is wrong|used the program's stack pointer
; mistake: Saves RSP, and then calls C on it all the same.
syscall_entry:
    mov r9, [rel sched]
    mov [r9 + CONTEXT_RIP], rcx
    mov [r9 + CONTEXT_RFLAGS], r11
    mov qword [r9 + CONTEXT_VECTOR], CONTEXT_SYSCALL
    mov [r9 + CONTEXT_RSP], rsp
    mov rcx, r10
    mov r8, rax
    call syscall_enter
    jmp syscall_exit
