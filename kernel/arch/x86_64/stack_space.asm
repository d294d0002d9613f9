; Room for the kernel's own stacks, each above a guard page: NAME_guard, NAME (lowest address) and
; NAME_end, where the stack pointer starts. The guard pages are part of the image and paging_init
; leaves them unmapped, so a stack that overflows meets a page fault and not its neighbour.

PAGE_SIZE       equ 4096
STACK_SIZE      equ 4 * PAGE_SIZE

%macro guarded_stack 1
global %1, %1_end
alignb PAGE_SIZE
%1_guard: resb PAGE_SIZE
%1:       resb STACK_SIZE
%1_end:
%endmacro

section .bss
guarded_stack boot_stack                ; until the kernel is put together
guarded_stack kernel_stack              ; interrupts
guarded_stack fault_stack               ; exceptions
