; exercise: syscall-entry
; test: entry-saved
; says: rbx not as the program had it
; mistake: Takes RBX for the address of the thread. The program has to find it as it was, and
;   nobody has saved it.
syscall_entry:
    mov rbx, [rel sched]
    mov [rbx + CONTEXT_RIP], rcx
    mov [rbx + CONTEXT_RFLAGS], r11
    mov [rbx + CONTEXT_RSP], rsp
    mov qword [rbx + CONTEXT_VECTOR], CONTEXT_SYSCALL
    lea rsp, [rel kernel_stack_end]
    mov rcx, r10
    mov r8, rax
    call syscall_enter
    jmp syscall_exit
