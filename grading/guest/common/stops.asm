; The two places where the grader stops the machine with a breakpoint. They have a page of their
; own: code that shares its page with a breakpoint runs some fifty times slower in QEMU.

bits 64
section .text.guest_stops progbits alloc exec nowrite align=4096

global guest_checkpoint:function, guest_finished:function

guest_checkpoint:               ; rdi: the checkpoint's name
    ret

guest_finished:                 ; the test has ended
    ret

    align 4096

section .note.GNU-stack noalloc noexec nowrite progbits
