; exercise: syscall-exit
; test: exit-return
; says: rdx is wrong
; mistake: Clears RDX, too, as the third argument's register. It is the result's second half.
syscall_exit:
    mov rcx, [rel sched]
    cmp dword [rcx + THREAD_STATE], THREAD_RUNNING
    jne .put_away
    mov r11, [rcx + CONTEXT_RFLAGS]
    mov rsp, [rcx + CONTEXT_RSP]
    mov rcx, [rcx + CONTEXT_RIP]
    xor edi, edi
    xor esi, esi
    xor edx, edx
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
    mov [rcx + CONTEXT_RDI], rax
    mov [rcx + CONTEXT_RSI], rax
    mov [rcx + CONTEXT_R8], rax
    mov [rcx + CONTEXT_R9], rax
    mov [rcx + CONTEXT_R10], rax
    call sched_leave
