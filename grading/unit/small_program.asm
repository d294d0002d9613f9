; A program that a Multiboot loader starts in 32-bit protected mode, and that ends in the way that
; -DEND=... chooses. For the unit tests of the machine; a flat file.

bits 32
org 0x100000

header:
    dd 0x1BADB002, 0x00010000, -(0x1BADB002 + 0x00010000)
    dd header, header, 0, 0, start  ; address fields: the file's length is what there is to load

start:
    mov esp, 0x200000
    mov al, 'A'
    out 0xE9, al                    ; the debug port
    mov dx, 0x3F8
    mov al, 'S'
    out dx, al                      ; COM1
    mov dword [value], 0x12345678
    nop
stop_here:
    mov eax, [value]                ; the grader has changed it
    out 0xE9, al
    END


align 4
value: dd 0
