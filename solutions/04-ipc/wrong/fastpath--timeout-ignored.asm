; exercise: fastpath
; test: fastpath-declines
; says: the timeout is not infinite, takes the wrong way
; mistake: Takes every timeout for an infinite one: a caller that wants to wait for a second waits
;   for ever.
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

    xor eax, eax                        ; ERROR_NONE, and NULL
    mov [rbp + ENDPOINT_RECEIVERS], rax
    mov [rbp + ENDPOINT_RECEIVERS + QUEUE_LAST], rax
    mov [r11 + THREAD_QUEUE], rax
    mov rdi, [rcx + SLOT_BADGE]
    expect_reply
    mov dword [r11 + THREAD_STATE], THREAD_RUNNING
    leave_to_other
