; From one place to another with every register chosen, and back from wherever that leads. See
; crossing.h.

%include "arch/x86_64/context.inc"

CONTEXT_CS      equ CONTEXT_RIP + 8     ; struct context, in the order in which the CPU pushes
CONTEXT_SS      equ CONTEXT_RSP + 8

LANDINGS        equ 64                  ; crossing.h: GUEST_LANDINGS
FLAGS_FIXED     equ 2                   ; the bit of RFLAGS that is always 1

global guest_cross:function, guest_came_back:function, guest_landing_entry:function
global guest_landings
global __wrap_syscall_enter, __wrap_syscall_exit, __wrap_sched_leave
extern guest_at_enter, guest_at_exit, guest_at_leave, guest_at_landing, guest_answer

; each_general MACRO: the macro applied to each general register but RSP and RDI, and its place in
; struct context.
%macro each_general 1
    %1 rax, CONTEXT_RAX
    %1 rbx, CONTEXT_RBX
    %1 rcx, CONTEXT_RCX
    %1 rdx, CONTEXT_RDX
    %1 rsi, CONTEXT_RSI
    %1 rbp, CONTEXT_RBP
    %1 r8, CONTEXT_R8
    %1 r9, CONTEXT_R9
    %1 r10, CONTEXT_R10
    %1 r11, CONTEXT_R11
    %1 r12, CONTEXT_R12
    %1 r13, CONTEXT_R13
    %1 r14, CONTEXT_R14
    %1 r15, CONTEXT_R15
%endmacro

%macro load_from_rdi 2
    mov %1, [rdi + %2]
%endmacro

%macro note_one 2
    mov [rel place + %2], %1
%endmacro

; note PLACE: writes down the general registers as they are. Changes no flag.
%macro note 1
    %xdefine place %1
    each_general note_one
    note_one rdi, CONTEXT_RDI
%endmacro

; note_all PLACE: RSP and RFLAGS, too; and counts in the field `vector` how often. The stack is not
; used, whatever RSP is.
%macro note_all 1
    note %1
    note_one rsp, CONTEXT_RSP
    lea rsp, [rel note_stack_end]
    pushfq
    pop qword [rel %1 + CONTEXT_RFLAGS]
    mov rsp, [rel %1 + CONTEXT_RSP]
    inc qword [rel %1 + CONTEXT_VECTOR]
%endmacro

section .text
bits 64

; void guest_cross(const struct context *registers)
guest_cross:
    push rbx
    push rbp
    push r12
    push r13
    push r14
    push r15
    mov [rel way_back], rsp
    mov rax, [rdi + CONTEXT_RIP]
    mov [rel target], rax
    push qword [rdi + CONTEXT_RFLAGS]
    popfq
    each_general load_from_rdi
    mov rsp, [rdi + CONTEXT_RSP]
    mov rdi, [rdi + CONTEXT_RDI]
    jmp [rel target]

guest_came_back:
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

; From syscall_entry: notes what came, and answers with registers such as C leaves.
__wrap_syscall_enter:
    note_all guest_at_enter
    mov rax, [rel guest_answer + CONTEXT_RAX]
    mov rcx, [rel guest_answer + CONTEXT_RCX]
    mov rdx, [rel guest_answer + CONTEXT_RDX]
    mov rsi, [rel guest_answer + CONTEXT_RSI]
    mov rdi, [rel guest_answer + CONTEXT_RDI]
    mov r8, [rel guest_answer + CONTEXT_R8]
    mov r9, [rel guest_answer + CONTEXT_R9]
    mov r10, [rel guest_answer + CONTEXT_R10]
    mov r11, [rel guest_answer + CONTEXT_R11]
    ret

__wrap_syscall_exit:
    note_all guest_at_exit
    jmp guest_came_back

__wrap_sched_leave:
    note_all guest_at_leave
    jmp guest_came_back

; The exception that each landing raises. The CPU has pushed RIP, CS, RFLAGS, RSP and SS.
guest_landing_entry:
    note guest_at_landing
    pop qword [rel guest_at_landing + CONTEXT_RIP]
    pop qword [rel guest_at_landing + CONTEXT_CS]
    pop qword [rel guest_at_landing + CONTEXT_RFLAGS]
    pop qword [rel guest_at_landing + CONTEXT_RSP]
    pop qword [rel guest_at_landing + CONTEXT_SS]
    inc qword [rel guest_at_landing + CONTEXT_VECTOR]
    jmp guest_came_back

; A page that is mapped for user mode: wherever it is entered, it raises an exception at once.
section .rodata
align 4096
guest_landings:
%rep LANDINGS
    ud2
%endrep
    align 4096

section .bss
alignb 16
way_back:   resq 1
target:     resq 1
note_stack: resq 4
note_stack_end:

section .note.GNU-stack noalloc noexec nowrite progbits
