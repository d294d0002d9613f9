; exercise: trap-entry
; test: trap-registers
; says: RBP
; mistake: Leaves rbp as the interrupted code had it. A backtrace from inside the handler then walks
;     off into the frames of the interrupted code: a chain over two stacks.

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
    push r12
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
    call trap_dispatch
