; What an exercise in assembly says as long as nobody has written it, if the kernel can go on.

global exercise_unwritten_note
extern exercise_unwritten_text

section .bss
alignb 16
stack: resb 1024
stack_end:
own_stack: resq 1                       ; RSP of the routine that is to go on

section .text
bits 64

; exercise_unwritten_note: says on the debug port, once for each exercise, that it is not written.
;
; On entry: RCX = "exercise (function)", ends with NUL; R11 = where to go on; interrupts are off.
; RSP need not point to a stack. Changes RCX, R11 and the flags; all other registers are kept.
exercise_unwritten_note:
    mov [rel own_stack], rsp
    mov rsp, stack_end
    push rax                            ; what a function in C may change
    push rdx
    push rsi
    push rdi
    push r8
    push r9
    push r10
    push r11                            ; the eighth word: RSP is a multiple of 16 again
    mov rdi, rcx
    call exercise_unwritten_text
    pop r11
    pop r10
    pop r9
    pop r8
    pop rdi
    pop rsi
    pop rdx
    pop rax
    mov rsp, [rel own_stack]
    jmp r11

section .note.GNU-stack noalloc noexec nowrite progbits
