; exercise: syscall-entry
; test: entry-arguments
; says: used the program's stack pointer
; mistake: Pushes RCX and R11 before it has a stack of its own, as an interrupt's entry may.
;   SYSCALL changes no stack: RSP is what the program says, 0 or an address of the kernel's.
syscall_entry:
    push rcx
    push r11
    mov rcx, [rel sched]
    pop qword [rcx + CONTEXT_RFLAGS]
    pop qword [rcx + CONTEXT_RIP]
    mov [rcx + CONTEXT_RSP], rsp
    mov qword [rcx + CONTEXT_VECTOR], CONTEXT_SYSCALL
    lea rsp, [rel kernel_stack_end]
    mov rcx, r10
    mov r8, rax
    call syscall_enter
    jmp syscall_exit
