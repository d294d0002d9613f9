; Into fastpath_call with every register chosen, and back from either of its two ends. fastpath.h.

%include "arch/x86_64/context.inc"

CONTEXT_CS      equ CONTEXT_RIP + 8     ; struct context, in the order in which the CPU pushes
CONTEXT_SS      equ CONTEXT_RSP + 8

WENT_OVER       equ 1                   ; enum guest_fastpath_way
DECLINED        equ 2
FLAGS_FIXED     equ 2                   ; the bit of RFLAGS that is always 1

extern fastpath_call
global guest_fastpath_enter:function, guest_fastpath_landed:function, __wrap_syscall_entry
global guest_fastpath_way, guest_fastpath_registers

; Writes down all general registers but RSP.
%macro note 0
    mov [rel guest_fastpath_registers + CONTEXT_RAX], rax
    mov [rel guest_fastpath_registers + CONTEXT_RBX], rbx
    mov [rel guest_fastpath_registers + CONTEXT_RCX], rcx
    mov [rel guest_fastpath_registers + CONTEXT_RDX], rdx
    mov [rel guest_fastpath_registers + CONTEXT_RSI], rsi
    mov [rel guest_fastpath_registers + CONTEXT_RDI], rdi
    mov [rel guest_fastpath_registers + CONTEXT_RBP], rbp
    mov [rel guest_fastpath_registers + CONTEXT_R8], r8
    mov [rel guest_fastpath_registers + CONTEXT_R9], r9
    mov [rel guest_fastpath_registers + CONTEXT_R10], r10
    mov [rel guest_fastpath_registers + CONTEXT_R11], r11
    mov [rel guest_fastpath_registers + CONTEXT_R12], r12
    mov [rel guest_fastpath_registers + CONTEXT_R13], r13
    mov [rel guest_fastpath_registers + CONTEXT_R14], r14
    mov [rel guest_fastpath_registers + CONTEXT_R15], r15
%endmacro

section .text
bits 64

; rdi: the thread, rsi: the registers
guest_fastpath_enter:
    push rbx
    push rbp
    push r12
    push r13
    push r14
    push r15
    mov [rel way_back], rsp
    mov rsp, rdi
    mov rax, [rsi + CONTEXT_RAX]
    mov rbx, [rsi + CONTEXT_RBX]
    mov rcx, [rsi + CONTEXT_RCX]
    mov rdx, [rsi + CONTEXT_RDX]
    mov rdi, [rsi + CONTEXT_RDI]
    mov rbp, [rsi + CONTEXT_RBP]
    mov r8, [rsi + CONTEXT_R8]
    mov r9, [rsi + CONTEXT_R9]
    mov r10, [rsi + CONTEXT_R10]
    mov r11, [rsi + CONTEXT_R11]
    mov r12, [rsi + CONTEXT_R12]
    mov r13, [rsi + CONTEXT_R13]
    mov r14, [rsi + CONTEXT_R14]
    mov r15, [rsi + CONTEXT_R15]
    mov rsi, [rsi + CONTEXT_RSI]
    jmp fastpath_call

come_back:
    mov rsp, [rel way_back]
    push FLAGS_FIXED
    popfq
    pop r15
    pop r14
    pop r13
    pop r12
    pop rbp
    pop rbx
    ret

; A page fault. The CPU has pushed the error code below RIP, CS, RFLAGS, RSP and SS.
guest_fastpath_landed:
    note
    mov qword [rel guest_fastpath_way], WENT_OVER
    add rsp, 8
    pop qword [rel guest_fastpath_registers + CONTEXT_RIP]
    pop qword [rel guest_fastpath_registers + CONTEXT_CS]
    pop qword [rel guest_fastpath_registers + CONTEXT_RFLAGS]
    pop qword [rel guest_fastpath_registers + CONTEXT_RSP]
    pop qword [rel guest_fastpath_registers + CONTEXT_SS]
    jmp come_back

; Where the general way begins. Nobody else gets here in a kernel with these tests: no program runs.
__wrap_syscall_entry:
    note
    mov [rel guest_fastpath_registers + CONTEXT_RSP], rsp
    mov qword [rel guest_fastpath_way], DECLINED
    jmp come_back

section .bss
alignb 16
guest_fastpath_registers: resb 176
guest_fastpath_way: resq 1
way_back:       resq 1

section .note.GNU-stack noalloc noexec nowrite progbits
