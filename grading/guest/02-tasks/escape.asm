; Calling what may never return.

bits 64
section .text

global guest_escaped:function, guest_escape:function

; bool guest_escaped(void (*function)(void *), void *argument)
;
; Calls function(argument). Returns false when that returns, and true when somebody calls
; guest_escape() instead, with any registers and on any stack. Not to be nested.
guest_escaped:
    push rbx
    push rbp
    push r12
    push r13
    push r14
    push r15
    mov [rel saved_rsp], rsp
    mov rax, rdi
    mov rdi, rsi
    sub rsp, 8                          ; RSP is a multiple of 16 before a call
    call rax
    add rsp, 8
    xor eax, eax
    jmp leave_escaped

; noreturn void guest_escape(void)
guest_escape:
    cli
    mov rsp, [rel saved_rsp]
    push 2                              ; RFLAGS: all clear but the bit that is always 1
    popfq
    mov eax, 1
leave_escaped:
    pop r15
    pop r14
    pop r13
    pop r12
    pop rbp
    pop rbx
    ret

section .bss
alignb 8
saved_rsp: resq 1

section .note.GNU-stack noalloc noexec nowrite progbits
