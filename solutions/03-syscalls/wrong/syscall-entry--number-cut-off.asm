; exercise: syscall-entry
; test: entry-arguments
; says: r8 at syscall_enter\(\) is wrong
; mistake: Takes the number as 32 bits, since there are not so many calls. A number whose
;   upper half is not 0 becomes a right one.
syscall_entry:
    mov r9, [rel sched]
    mov [r9 + CONTEXT_RIP], rcx
    mov [r9 + CONTEXT_RFLAGS], r11
    mov qword [r9 + CONTEXT_VECTOR], CONTEXT_SYSCALL
    mov [r9 + CONTEXT_RSP], rsp
    lea rsp, [rel kernel_stack_end]
    mov rcx, r10
    mov r8d, eax
    call syscall_enter
    jmp syscall_exit
