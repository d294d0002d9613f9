; exercise: fastpath
; test: fastpath-goes-over
; says: state is wrong
; mistake: Leaves the server RECEIVING. The next one that looks, a system call's end say, takes it
;   for a thread that waits.
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
    leave_to_other
