; exercise: syscall-entry
; test: entry-saved
; says: rdx at syscall_exit is wrong
; mistake: Tidies up behind the call, RDX too: half of the result is in it.
syscall_entry:
    mov r9, [rel sched]
    mov [r9 + CONTEXT_RIP], rcx
    mov [r9 + CONTEXT_RFLAGS], r11
    mov qword [r9 + CONTEXT_VECTOR], CONTEXT_SYSCALL
    mov [r9 + CONTEXT_RSP], rsp
    lea rsp, [rel kernel_stack_end]
    mov rcx, r10
    mov r8, rax
    call syscall_enter
    xor edx, edx
    jmp syscall_exit
