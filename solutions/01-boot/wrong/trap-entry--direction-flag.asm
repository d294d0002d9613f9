; exercise: trap-entry
; test: trap-registers
; says: direction flag
; mistake: Forgets cld. Code that was interrupted while it copied backwards leaves the flag set; the
;     C code then clears and copies memory in the wrong direction. It happens once in a million
;     exceptions and is never found.

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
    mov rdi, rsp
    lea rsp, [rel fault_stack_end]
    cmp qword [rdi + CONTEXT_VECTOR], EXCEPTION_COUNT
    jb .call
    lea rsp, [rel kernel_stack_end]
.call:
    xor ebp, ebp
    call trap_dispatch
