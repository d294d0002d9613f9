; exercise: trap-entry
; test: trap-exceptions
; says: double fault|the kernel hangs
; mistake: Stores the registers into boot_context by its name instead of pushing them where RSP
;     stands. "IST1 points there anyway." For almost every vector it does. A double fault is saved
;     elsewhere, by IST2, and C is handed a context that is half its own and half the one before.

trap_entry:
    extern boot_context
    mov [rel boot_context + 14 * 8], rax
    mov [rel boot_context + 13 * 8], rcx
    mov [rel boot_context + 12 * 8], rdx
    mov [rel boot_context + 11 * 8], rbx
    mov [rel boot_context + 10 * 8], rbp
    mov [rel boot_context + 9 * 8], rsi
    mov [rel boot_context + 8 * 8], rdi
    mov [rel boot_context + 7 * 8], r8
    mov [rel boot_context + 6 * 8], r9
    mov [rel boot_context + 5 * 8], r10
    mov [rel boot_context + 4 * 8], r11
    mov [rel boot_context + 3 * 8], r12
    mov [rel boot_context + 2 * 8], r13
    mov [rel boot_context + 1 * 8], r14
    mov [rel boot_context + 0 * 8], r15
    cld
    lea rdi, [rel boot_context]
    lea rsp, [rel fault_stack_end]
    cmp qword [rdi + CONTEXT_VECTOR], EXCEPTION_COUNT
    jb .call
    lea rsp, [rel kernel_stack_end]
.call:
    xor ebp, ebp
    call trap_dispatch
