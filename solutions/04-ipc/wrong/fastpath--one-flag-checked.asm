; exercise: fastpath
; test: fastpath-declines
; says: a flag of MESSAGE_SPECIAL, takes the wrong way
; mistake: Declines messages with an IPC buffer and knows no other flag.
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
    test esi, 0x4000
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
    leave_to_other
