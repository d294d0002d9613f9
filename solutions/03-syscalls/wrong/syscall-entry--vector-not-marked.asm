; exercise: syscall-entry
; test: entry-saved
; says: not marked as saved by a system call
; mistake: Does not set the vector. The thread, if it waits, goes on with whatever the last
;   interruption left in the registers that a call does not save.
syscall_entry:
    mov r9, [rel sched]
    mov [r9 + CONTEXT_RIP], rcx
    mov [r9 + CONTEXT_RFLAGS], r11
    mov [r9 + CONTEXT_RSP], rsp
    lea rsp, [rel kernel_stack_end]
    mov rcx, r10
    mov r8, rax
    call syscall_enter
    jmp syscall_exit
