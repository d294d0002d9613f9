; System calls: from the result back to the program, or on to another thread.

%include "arch/x86_64/context.inc"

extern sched, sched_leave
global syscall_exit

section .text
bits 64

; syscall_exit: leave the kernel after a system call.
;
; On entry: RAX and RDX are the call's result; RBX, RBP and R12 to R15 are those of the program that
; called, since C has kept them. RIP, RFLAGS and RSP are in the current thread's context.
; Does, if that thread's state (at THREAD_STATE) is still THREAD_RUNNING: returns to the program by
; SYSRET (64-bit form), which takes RIP from RCX and RFLAGS from R11. RDI, RSI, R8, R9 and R10 are
; 0 then: what C left in them is the kernel's own business.
; Else the thread waits or has ended: saves RAX, RDX, RBX, RBP and R12 to R15 in its context, sets
; RDI, RSI, R8, R9 and R10 there to 0, and calls sched_leave(), which never returns.
syscall_exit:
    mov rcx, [rel sched]
    cmp dword [rcx + THREAD_STATE], THREAD_RUNNING
    jne .put_away
    mov r11, [rcx + CONTEXT_RFLAGS]
    mov rsp, [rcx + CONTEXT_RSP]
    mov rcx, [rcx + CONTEXT_RIP]
    xor edi, edi
    xor esi, esi
    xor r8d, r8d
    xor r9d, r9d
    xor r10d, r10d
    o64 sysret
.put_away:
    mov [rcx + CONTEXT_RAX], rax
    mov [rcx + CONTEXT_RDX], rdx
    mov [rcx + CONTEXT_RBX], rbx
    mov [rcx + CONTEXT_RBP], rbp
    mov [rcx + CONTEXT_R12], r12
    mov [rcx + CONTEXT_R13], r13
    mov [rcx + CONTEXT_R14], r14
    mov [rcx + CONTEXT_R15], r15
    xor eax, eax
    mov [rcx + CONTEXT_RDI], rax
    mov [rcx + CONTEXT_RSI], rax
    mov [rcx + CONTEXT_R8], rax
    mov [rcx + CONTEXT_R9], rax
    mov [rcx + CONTEXT_R10], rax
    call sched_leave
