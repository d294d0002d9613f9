; exercise: trap-entry
; test: trap-registers
; says: the saved (rbx|rcx|rdx) is wrong
; mistake: Pushes the registers in the order of their names, A B C D. The structure has the order of
;     their numbers in the instruction set: A C D B. Three registers change places, and every panic
;     tells lies about them.

trap_entry:
    push rax
    push rbx
    push rcx
    push rdx
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
    xor ebp, ebp
    call trap_dispatch
