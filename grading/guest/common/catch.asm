; guest_try_call, and the entry points of the exceptions that it survives. See catch.c.

; Bit n is set when exception n has an error code: 8, 10 to 14, 17, 21, 29, 30.
ERROR_CODE_VECTORS equ 0x60227D00
EXCEPTION_COUNT equ 32

extern guest_caught
global guest_try_call, guest_catch_entries

section .text
bits 64

; rdi: function, rsi: its argument. Returns 1 when the function did, 0 when an exception ended it.
guest_try_call:
    push rbp
    mov rbp, rsp
    push rbx
    push r12
    push r13
    push r14
    push r15
    sub rsp, 8                          ; a call wants RSP at a multiple of 16
    mov [rel guest_try_stack], rsp
    mov rax, rdi
    mov rdi, rsi
    call rax
    mov eax, 1
.leave:
    add rsp, 8
    pop r15
    pop r14
    pop r13
    pop r12
    pop rbx
    pop rbp
    ret

; On the CPU's save area: vector, error, rip, cs, rflags, rsp, ss.
guest_catch:
    pop qword [rel guest_caught]
    pop qword [rel guest_caught + 8]
    pop qword [rel guest_caught + 16]
    mov rax, cr2
    mov [rel guest_caught + 24], rax
    cld
    mov rsp, [rel guest_try_stack]
    xor eax, eax
    jmp guest_try_call.leave

%assign vector 0
%rep EXCEPTION_COUNT
guest_catch_entry_%+vector:
%if (ERROR_CODE_VECTORS >> vector) & 1 == 0
    push qword 0
%endif
    push qword vector
    jmp guest_catch
%assign vector vector + 1
%endrep

section .rodata
align 8
guest_catch_entries:
%assign vector 0
%rep EXCEPTION_COUNT
    dq guest_catch_entry_%+vector
%assign vector vector + 1
%endrep

section .bss
alignb 8
guest_try_stack: resq 1

section .note.GNU-stack noalloc noexec nowrite progbits
