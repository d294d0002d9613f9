; The debug exception, which an I/O breakpoint raises after each access to a port it watches.

extern guest_spied_access
global guest_debug_entry

section .text
bits 64

; The CPU has aligned RSP to 16 and pushed ss, rsp, rflags, cs, rip: with the 15 registers below,
; which are a struct spied, RSP is a multiple of 16 again.
guest_debug_entry:
    push r15
    push r14
    push r13
    push r12
    push r11
    push r10
    push r9
    push r8
    push rdi
    push rsi
    push rbp
    push rbx
    push rdx
    push rcx
    push rax
    cld
    mov rdi, rsp
    call guest_spied_access
    xor eax, eax
    mov dr6, rax                        ; the CPU only ever sets bits there
    pop rax
    pop rcx
    pop rdx
    pop rbx
    pop rbp
    pop rsi
    pop rdi
    pop r8
    pop r9
    pop r10
    pop r11
    pop r12
    pop r13
    pop r14
    pop r15
    iretq

section .note.GNU-stack noalloc noexec nowrite progbits
