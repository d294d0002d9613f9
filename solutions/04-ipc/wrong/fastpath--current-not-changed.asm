; exercise: fastpath
; test: fastpath-goes-over
; says: sched.current is wrong
; mistake: Goes over by hand and leaves sched.current: the server's next call is taken for the
;   client's.
fastpath_call:
    find_slot
    test byte [rcx + SLOT_ALLOWS], SLOT_ENDPOINT_SEND
    jz fastpath_decline
    mov rbp, [rcx + SLOT_OBJECT]
    mov r11, [rbp + ENDPOINT_RECEIVERS]
    test r11, r11
    jz fastpath_decline                 ; nobody waits
    cmp qword [r11 + THREAD_NEXT], 0
    jne fastpath_decline
    require_simple_wait
    test esi, MESSAGE_SPECIAL
    jnz fastpath_decline
    cmp rdx, -1
    jne fastpath_decline

    xor eax, eax                        ; ERROR_NONE, and NULL
    mov [rbp + ENDPOINT_RECEIVERS], rax
    mov [rbp + ENDPOINT_RECEIVERS + QUEUE_LAST], rax
    mov [r11 + THREAD_QUEUE], rax
    mov rdi, [rcx + SLOT_BADGE]
    expect_reply
    mov dword [r11 + THREAD_STATE], THREAD_RUNNING
    lea rcx, [r11 + CONTEXT_SIZE]
    mov [rel gdt_tss + TSS_IST1], rcx
    mov rcx, [r11 + THREAD_CR0]
    mov cr0, rcx
    mov rbp, [r11 + CONTEXT_RBP]
    mov rcx, [r11 + CONTEXT_RIP]
    mov rsp, [r11 + CONTEXT_RSP]
    mov r11, [r11 + CONTEXT_RFLAGS]
    o64 sysret
