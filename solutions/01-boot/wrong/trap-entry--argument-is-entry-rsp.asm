; exercise: trap-entry
; test: trap-registers
; says: argument \(RDI\) is not
; mistake: Hands over the stack pointer as it was on entry, since "RSP points into a struct context"
;     stands there first. The structure begins fifteen words further down; C reads every field too
;     far up.

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
    lea rdi, [rsp + CONTEXT_VECTOR]     ; where RSP pointed on entry
    lea rsp, [rel fault_stack_end]
    cmp qword [rdi], EXCEPTION_COUNT
    jb .call
    lea rsp, [rel kernel_stack_end]
.call:
    xor ebp, ebp
    call trap_dispatch
