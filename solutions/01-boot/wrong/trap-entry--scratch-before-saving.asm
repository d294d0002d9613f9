; exercise: trap-entry
; test: trap-registers
; says: the saved rax is wrong
; mistake: Looks at the vector before anything is saved, and needs a register for that: the
;     interrupted code loses its rax.

trap_entry:
    mov rax, [rsp]                      ; the vector decides about the stack
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
    push r12
    push r13
    push r14
    push r15
    cld
    mov rdi, rsp
    lea rsp, [rel fault_stack_end]
    cmp rax, EXCEPTION_COUNT
    jb .call
    lea rsp, [rel kernel_stack_end]
.call:
    xor ebp, ebp
    call trap_dispatch
