; exercise: syscall-exit
; test: exit-put-away
; says: the context's rbx is wrong
; mistake: Puts the result away only. RBX, RBP and R12 to R15 have to be there when the thread
;   goes on, and by then other programs have used them.
syscall_exit:
    mov rcx, [rel sched]
    cmp dword [rcx + THREAD_STATE], THREAD_RUNNING
    jne .put_away
    mov r11, [rcx + CONTEXT_RFLAGS]
    mov rsp, [rcx + CONTEXT_RSP]
    mov rcx, [rcx + CONTEXT_RIP]
    xor edi, edi
    xor esi, esi
    xor r8d, r8d
    xor r9d, r9d
    xor r10d, r10d
    o64 sysret
.put_away:
    mov [rcx + CONTEXT_RAX], rax
    mov [rcx + CONTEXT_RDX], rdx
    xor eax, eax
    mov [rcx + CONTEXT_RDI], rax
    mov [rcx + CONTEXT_RSI], rax
    mov [rcx + CONTEXT_R8], rax
    mov [rcx + CONTEXT_R9], rax
    mov [rcx + CONTEXT_R10], rax
    call sched_leave
