; From the boot loader to C: Multiboot 1 header, CPU check, first page tables, long mode.
;
; A Multiboot loader (QEMU -kernel, GRUB) enters at boot_entry: 32-bit protected mode, paging and
; interrupts off, EAX = MULTIBOOT_MAGIC, EBX = physical address of the boot information (Multiboot
; Specification 0.6.96, section 3.2). The code is linked at KERNEL_BASE plus its physical address,
; so until paging is on every address is written as PHYSICAL(label).

KERNEL_BASE     equ 0xFFFFFFFF80000000
%define PHYSICAL(label) ((label) - KERNEL_BASE)

HEADER_MAGIC    equ 0x1BADB002
HEADER_FLAGS    equ 0x00010003          ; modules page aligned, memory map, address fields present

CR0_MP          equ 1 << 1              ; Intel SDM Vol. 3A 2.5
CR0_NE          equ 1 << 5
CR0_WP          equ 1 << 16
CR0_PG          equ 1 << 31
CR4_PAE         equ 1 << 5
MSR_EFER        equ 0xC0000080          ; Intel SDM Vol. 3A 2.2.1
EFER_LME        equ 1 << 8
EFER_NXE        equ 1 << 11
CPUID_EXTENDED  equ 0x80000001
CPUID_LM        equ 1 << 29             ; in EDX
CPUID_NX        equ 1 << 20             ; in EDX

PAGE_PRESENT    equ 1 << 0              ; Intel SDM Vol. 3A 4.5
PAGE_WRITABLE   equ 1 << 1
PAGE_LARGE      equ 1 << 7              ; in a page directory: a 2 MB page
LARGE_PAGE_SIZE equ 0x200000
TABLE_ENTRIES   equ 512
WINDOW_SLOT     equ 256                 ; PML4 entry of WINDOW_BASE
KERNEL_SLOT     equ 511                 ; PML4 entry of KERNEL_BASE
KERNEL_GIB_SLOT equ 510                 ; and its entry in the page-directory-pointer table

KERNEL_CODE     equ 0x08                ; selectors in gdt: gdt.h
KERNEL_DATA     equ 0x10
COM1            equ 0x3F8

extern image_start, data_end, image_end, boot_stack_end, kernel_main
extern multiboot_magic, multiboot_address
global boot_entry, gdt

section .multiboot
align 4
multiboot_header:
    dd HEADER_MAGIC
    dd HEADER_FLAGS
    dd -(HEADER_MAGIC + HEADER_FLAGS)
    dd PHYSICAL(multiboot_header)       ; header_addr
    dd PHYSICAL(image_start)            ; load_addr
    dd PHYSICAL(data_end)               ; load_end_addr
    dd PHYSICAL(image_end)              ; bss_end_addr: the loader clears from data_end to here
    dd PHYSICAL(boot_entry)             ; entry_addr

section .text
bits 32
boot_entry:
    cli
    cld
    mov esp, PHYSICAL(boot_stack_end)
    mov [PHYSICAL(multiboot_magic)], eax
    mov [PHYSICAL(multiboot_address)], ebx
    call cpu_check
    call boot_tables_fill
    call long_mode_enable
    lgdt [PHYSICAL(gdt.pointer)]
    jmp KERNEL_CODE:PHYSICAL(boot_entry_64)

; Stops with a line on COM1 unless the CPU has long mode and no-execute pages.
; Changes EAX, EBX, ECX, EDX.
cpu_check:
    mov eax, CPUID_EXTENDED & 0x80000000
    cpuid                               ; EAX = highest extended leaf
    cmp eax, CPUID_EXTENDED
    jb .refuse
    mov eax, CPUID_EXTENDED
    cpuid
    and edx, CPUID_LM | CPUID_NX
    cmp edx, CPUID_LM | CPUID_NX
    jne .refuse
    ret
.refuse:
    mov esi, PHYSICAL(.message)
    mov dx, COM1
.next_byte:
    lodsb
    test al, al
    jz .stop
    out dx, al                          ; firmware has set the port up; nothing more can be done
    jmp .next_byte
.stop:
    hlt
    jmp .stop
.message: db "MicroK needs an x86-64 CPU with no-execute pages", 13, 10, 0

; The first 1 GB of physical memory in 2 MB pages, seen at 0, at WINDOW_BASE and at KERNEL_BASE.
; All of it may be written and executed: these tables serve until paging_init makes the real ones.
; Changes EAX, ECX, EDI.
boot_tables_fill:
    mov eax, PHYSICAL(boot_pdpt) + (PAGE_PRESENT | PAGE_WRITABLE)
    mov [PHYSICAL(boot_pml4)], eax
    mov [PHYSICAL(boot_pml4) + 8 * WINDOW_SLOT], eax
    mov [PHYSICAL(boot_pml4) + 8 * KERNEL_SLOT], eax
    mov eax, PHYSICAL(boot_directory) + (PAGE_PRESENT | PAGE_WRITABLE)
    mov [PHYSICAL(boot_pdpt)], eax
    mov [PHYSICAL(boot_pdpt) + 8 * KERNEL_GIB_SLOT], eax
    mov eax, PAGE_PRESENT | PAGE_WRITABLE | PAGE_LARGE
    mov edi, PHYSICAL(boot_directory)
    mov ecx, TABLE_ENTRIES
.next_entry:
    mov [edi], eax                      ; the upper half of each entry stays 0: below 4 GB
    add eax, LARGE_PAGE_SIZE
    add edi, 8
    loop .next_entry
    ret

; Intel SDM Vol. 3A 9.8.5: PAE, the PML4's address, LME, then paging; the far jump that follows in
; boot_entry loads a 64-bit code segment. Changes EAX, ECX, EDX.
long_mode_enable:
    mov eax, CR4_PAE
    mov cr4, eax
    mov eax, PHYSICAL(boot_pml4)
    mov cr3, eax
    mov ecx, MSR_EFER
    rdmsr
    or eax, EFER_LME | EFER_NXE
    wrmsr
    mov eax, cr0
    or eax, CR0_PG | CR0_WP | CR0_NE | CR0_MP
    mov cr0, eax
    ret

bits 64
boot_entry_64:
    mov rax, .high                      ; leave the identity map for KERNEL_BASE
    jmp rax
.high:
    lgdt [rel gdt.high_pointer]         ; the same table, at its final address
    mov eax, KERNEL_DATA
    mov ss, eax
    xor eax, eax                        ; 64-bit mode needs no other data segments
    mov ds, eax
    mov es, eax
    mov fs, eax
    mov gs, eax
    lea rsp, [rel boot_stack_end]
    xor ebp, ebp                        ; the backtrace ends here
    call kernel_main                    ; never returns

section .data
; The global descriptor table (Intel SDM Vol. 3A 3.4.5). Long mode ignores a segment's base and
; limit; what is left are privilege and kind.
align 8
gdt:
    dq 0
    dq 0x00209A0000000000               ; 64-bit code: present, ring 0, executable, readable
    dq 0x0000920000000000               ; data: present, ring 0, writable
    dq 0, 0                             ; task state segment: gdt_init
    dq 0x0000F20000000000               ; the same data and code once more, ring 3
    dq 0x0020FA0000000000
.pointer:                               ; for lgdt in 32-bit mode
    dw .pointer - gdt - 1
    dd PHYSICAL(gdt)
.high_pointer:                          ; for lgdt in 64-bit mode
    dw .pointer - gdt - 1
    dq gdt

section .bss
alignb 4096
boot_pml4:      resb 4096
boot_pdpt:      resb 4096
boot_directory: resb 4096
