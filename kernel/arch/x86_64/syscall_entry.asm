; System calls: from the SYSCALL instruction to syscall_enter().
;
; SYSCALL saves little: it leaves the program's RIP in RCX and its RFLAGS in R11, and goes on here
; with the kernel's CS and interrupts off, still on the program's stack. Of the other registers C
; keeps RBX, RBP and R12 to R15 for its caller: they stay where they are, and are put away only if
; another thread is to run (syscall_exit.asm).

%include "arch/x86_64/context.inc"

extern sched, kernel_stack_end, syscall_enter, syscall_exit
global syscall_entry

section .text
bits 64

; syscall_entry: enter the kernel, and go on in C.
;
; On entry: RCX is where the program goes on, R11 its RFLAGS, RSP its own; RAX is the call's number,
; RDI, RSI, RDX and R10 its arguments; R8 and R9 are free. Interrupts are off. The program's stack
; must not be touched: RSP may be anything. The first word of `sched` is the address of the current
; thread, which begins with its context.
; Does: saves RIP, RFLAGS and RSP in the current thread's context, and marks it as saved by a system
; call (vector CONTEXT_SYSCALL); moves to the end of the kernel's stack; calls
; syscall_enter(first, second, third, fourth, number); then jumps to syscall_exit with its result in
; RAX and RDX.
syscall_entry:
    mov r9, [rel sched]
    mov [r9 + CONTEXT_RIP], rcx
    mov [r9 + CONTEXT_RFLAGS], r11
    mov [r9 + CONTEXT_RSP], rsp
    mov qword [r9 + CONTEXT_VECTOR], CONTEXT_SYSCALL
    lea rsp, [rel kernel_stack_end]
    mov rcx, r10                        ; the fourth argument's place in C (System V ABI 3.2.3)
    mov r8, rax
    call syscall_enter
    jmp syscall_exit
