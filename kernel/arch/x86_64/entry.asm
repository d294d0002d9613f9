; Exceptions and interrupts: from the CPU to trap_dispatch.

%include "arch/x86_64/entry.inc"

EXCEPTION_COUNT equ 32
CONTEXT_VECTOR  equ 15 * 8              ; offset of vector in struct context

extern trap_dispatch, fault_stack_end, kernel_stack_end
global trap_entry

bits 64
entry_points 48                         ; the exceptions and 16 interrupt lines: idt.c

section .text

; trap_entry: save what was interrupted, and go on in C.
;
; On entry: RSP points into a struct context, at its vector field; error, rip, cs, rflags, rsp and
; ss above it are filled already. All other registers are those of the interrupted code.
; Does: pushes the 15 general registers, so that RSP points at a complete struct context; clears
; the direction flag, which C relies on (System V ABI 3.2.1); moves to the end of the fault stack
; for an exception (vector below 32), of the kernel's stack for an interrupt; sets RBP to 0, where
; the backtrace ends; calls trap_dispatch(struct context *saved), which never returns.
; Why two stacks: an exception inside the kernel must leave the kernel's stack as it was, to show
; in the backtrace what the kernel was doing.
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
    mov rdi, rsp                        ; the context is complete: trap_dispatch's argument
    lea rsp, [rel fault_stack_end]
    cmp qword [rdi + CONTEXT_VECTOR], EXCEPTION_COUNT
    jb .call
    lea rsp, [rel kernel_stack_end]
.call:
    xor ebp, ebp
    call trap_dispatch
