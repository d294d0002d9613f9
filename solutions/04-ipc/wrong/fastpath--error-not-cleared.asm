; exercise: fastpath
; test: fastpath-goes-over
; says: RAX is wrong
; mistake: Leaves the call's number in RAX, which the server takes for an error.
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

    mov rdx, [rcx + SLOT_BADGE]
    xor ecx, ecx
    mov [rbp + ENDPOINT_RECEIVERS], rcx
    mov [rbp + ENDPOINT_RECEIVERS + QUEUE_LAST], rcx
    mov [r11 + THREAD_QUEUE], rcx
    mov rdi, rdx
    expect_reply
    mov dword [r11 + THREAD_STATE], THREAD_RUNNING
    leave_to_other
