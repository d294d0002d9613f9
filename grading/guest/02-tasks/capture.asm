; Where contexts of the tests lead to: writes down every register as it finds it, then escapes.

bits 64
extern guest_escape
global guest_capture_entries, guest_captured

ENTRIES         equ 64                  ; contexts.c: CAPTURE_ENTRIES
ENTRY_SIZE      equ 32                  ; CAPTURE_ENTRY_SIZE

; struct context: where the copy of each register goes.
struc saved
    .r15:     resq 1
    .r14:     resq 1
    .r13:     resq 1
    .r12:     resq 1
    .r11:     resq 1
    .r10:     resq 1
    .r9:      resq 1
    .r8:      resq 1
    .rdi:     resq 1
    .rsi:     resq 1
    .rbp:     resq 1
    .rbx:     resq 1
    .rdx:     resq 1
    .rcx:     resq 1
    .rax:     resq 1
    .vector:  resq 1
    .error:   resq 1
    .rip:     resq 1
    .cs:      resq 1
    .rflags:  resq 1
    .rsp:     resq 1
    .ss:      resq 1
endstruc

section .text

; Many doors to the same room, so that it makes a difference which address was loaded. Neither MOV
; nor LEA changes a flag.
align ENTRY_SIZE
guest_capture_entries:
%assign entry 0
%rep ENTRIES
.entry_%+entry:
    mov [rel guest_captured + saved.rax], rax
    lea rax, [rel .entry_%+entry]
    jmp capture
    align ENTRY_SIZE
%assign entry entry + 1
%endrep

capture:
    mov [rel guest_captured + saved.rip], rax
    mov [rel guest_captured + saved.r15], r15
    mov [rel guest_captured + saved.r14], r14
    mov [rel guest_captured + saved.r13], r13
    mov [rel guest_captured + saved.r12], r12
    mov [rel guest_captured + saved.r11], r11
    mov [rel guest_captured + saved.r10], r10
    mov [rel guest_captured + saved.r9], r9
    mov [rel guest_captured + saved.r8], r8
    mov [rel guest_captured + saved.rdi], rdi
    mov [rel guest_captured + saved.rsi], rsi
    mov [rel guest_captured + saved.rbp], rbp
    mov [rel guest_captured + saved.rbx], rbx
    mov [rel guest_captured + saved.rdx], rdx
    mov [rel guest_captured + saved.rcx], rcx
    mov [rel guest_captured + saved.rsp], rsp
    lea rsp, [rel flags_stack_end]
    pushfq
    pop qword [rel guest_captured + saved.rflags]
    mov rax, cs
    mov [rel guest_captured + saved.cs], rax
    mov rax, ss
    mov [rel guest_captured + saved.ss], rax
    jmp guest_escape

section .bss
alignb 16
guest_captured: resb saved_size
flags_stack:    resq 4
flags_stack_end:

section .note.GNU-stack noalloc noexec nowrite progbits
