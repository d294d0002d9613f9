; exercise: trap-entry
; test: trap-registers
; says: the saved r12 is wrong
; mistake: Leaves r12 out, since C functions keep it anyway, and makes room for it so that the
;     offsets stay right. C keeps it for its caller; here nobody returns, and the register is gone
;     as soon as C uses it.

trap_entry:
    push rax
    push rcx
    push rdx
    push rbx
    push rbp
    push rsi
    push rdi
    push r8
    push r9
    push r10
    push r11
    sub rsp, 8                          ; C keeps r12
    push r13
    push r14
    push r15
    cld
    mov rdi, rsp
    lea rsp, [rel fault_stack_end]
    cmp qword [rdi + CONTEXT_VECTOR], EXCEPTION_COUNT
    jb .call
    lea rsp, [rel kernel_stack_end]
.call:
    xor ebp, ebp
    call trap_dispatch
