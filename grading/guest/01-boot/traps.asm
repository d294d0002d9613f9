; Entry points of the grader's own, and code that raises exceptions at places that are known.

INT_SIZE        equ 8                   ; GUEST_INT_SIZE
ENTRY_SIZE      equ 16                  ; GUEST_ENTRY_SIZE
VECTORS         equ 256
VECTOR_GP       equ 13

extern trap_entry
global guest_enter, guest_resume, guest_entries, guest_gp_entry, guest_ints
global guest_divide, guest_breakpoint, guest_invalid, guest_segment
global guest_read, guest_write, guest_jump

section .text
bits 64

; load_registers: all general registers but rsp and rdi from the struct context at rdi.
%macro load_registers 0
    mov rax, [rdi + 14 * 8]
    mov rcx, [rdi + 13 * 8]
    mov rdx, [rdi + 12 * 8]
    mov rbx, [rdi + 11 * 8]
    mov rbp, [rdi + 10 * 8]
    mov rsi, [rdi + 9 * 8]
%assign number 8
%rep 8
    mov r%+number, [rdi + (15 - number) * 8]
%assign number number + 1
%endrep
%endmacro

; rdi: a struct context. The flags go through this stack, which is left behind.
guest_enter:
    push qword [rdi + 19 * 8]           ; rflags
    mov rax, [rdi + 17 * 8]             ; rip
    mov [rel guest_enter_target], rax
    mov ss, [rdi + 21 * 8]              ; an interruption through an IST entry may have left 0
    load_registers
    popfq
    mov rsp, [rdi + 20 * 8]
    mov rdi, [rdi + 8 * 8]
    jmp [rel guest_enter_target]

; rdi: a struct context, which the CPU returns to. Its frame is built on this stack.
guest_resume:
%assign word 21
%rep 5
    push qword [rdi + word * 8]         ; ss, rsp, rflags, cs, rip
%assign word word - 1
%endrep
    load_registers
    mov rdi, [rdi + 8 * 8]
    iretq

align 16
guest_ints:
%assign vector 0
%rep VECTORS
    int vector
    ud2
    align INT_SIZE
%assign vector vector + 1
%endrep

align 16
guest_entries:
%assign vector 0
%rep VECTORS
    push qword 0
    push qword vector
    jmp near trap_entry
    align ENTRY_SIZE
%assign vector vector + 1
%endrep

guest_gp_entry:                         ; the CPU has pushed an error code
    push qword VECTOR_GP
    jmp trap_entry

; raiser NAME, instruction that raises: struct guest_raiser NAME.
%macro raiser 2+
section .text
guest_raise_%1:
    push rbp
    mov rbp, rsp
    xor edx, edx
.place:
    %2
.after:
    pop rbp
    ret
section .rodata
align 8
guest_%1: dq guest_raise_%1, guest_raise_%1.place, guest_raise_%1.after
%endmacro

raiser divide, div rdx                  ; by zero
raiser breakpoint, int3
raiser invalid, ud2
raiser segment, mov ds, edi            ; a selector that is too high
raiser read, mov rax, [rdi]
raiser write, mov [rdi], rdi
raiser jump, jmp rdi

section .bss
alignb 8
guest_enter_target: resq 1

section .note.GNU-stack noalloc noexec nowrite progbits
