; exercise: syscall-exit
; test: exit-put-away
; says: the context's rdi is wrong
; mistake: Does not clear the fields of RDI, RSI and R8 to R10: the program goes on with what
;   the last interruption had saved there.
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
    mov [rcx + CONTEXT_RBX], rbx
    mov [rcx + CONTEXT_RBP], rbp
    mov [rcx + CONTEXT_R12], r12
    mov [rcx + CONTEXT_R13], r13
    mov [rcx + CONTEXT_R14], r14
    mov [rcx + CONTEXT_R15], r15
    xor eax, eax
    call sched_leave
