; exercise: trap-entry
; test: trap-registers
; says: fault.stack
; mistake: Takes the wrong branch: exceptions go to the stack of interrupts, and the other way
;     round. An exception inside the kernel then overwrites the very frames that its backtrace wants
;     to show.

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
    jae .call
    lea rsp, [rel kernel_stack_end]
.call:
    xor ebp, ebp
    call trap_dispatch
