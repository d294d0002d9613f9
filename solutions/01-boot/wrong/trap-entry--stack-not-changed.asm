; exercise: trap-entry
; test: trap-registers
; says: fault.stack
; mistake: Calls C where the stack pointer stands: at the lowest word of the context. C pushes its
;     own words below it, over whatever variables the linker put there.

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
    xor ebp, ebp
    call trap_dispatch
