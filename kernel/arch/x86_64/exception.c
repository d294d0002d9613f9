/**
 * @file
 * The 32 exceptions in words (Intel SDM Vol. 3A table 6-1 and 6.15; vectors 28 to 30: AMD64
 * Architecture Programmer's Manual Vol. 2, 8.2).
 */
#include "arch/trap.h"

#include "arch/machine.h"
#include "arch/paging.h"
#include "arch/stacks.h"
#include "lib/format.h"

/* By vector; those that are missing are reserved. */
static const char *const names[32] = {
    [0] = "divide error",
    [1] = "debug exception",
    [2] = "non-maskable interrupt",
    [3] = "breakpoint",
    [4] = "overflow",
    [5] = "bound range exceeded",
    [6] = "invalid opcode",
    [7] = "device not available",
    [8] = "double fault",
    [9] = "coprocessor segment overrun",
    [10] = "invalid TSS",
    [11] = "segment not present",
    [12] = "stack-segment fault",
    [13] = "general protection",
    [14] = "page fault",
    [16] = "x87 floating-point error",
    [17] = "alignment check",
    [18] = "machine check",
    [19] = "SIMD floating-point exception",
    [20] = "virtualization exception",
    [21] = "control protection exception",
    [28] = "hypervisor injection exception",
    [29] = "VMM communication exception",
    [30] = "security exception",
};

/** Whether a fault's address is beside the stack pointer, but on no stack: in a guard page, which
 * is missing (and not the first page, where a pointer that is NULL leads). */
static bool is_stack_overflow(const struct context *saved, uintptr_t address)
{
    struct stack_span stack;
    uintptr_t distance = address > saved->rsp ? address - saved->rsp : saved->rsp - address;

    return (saved->error & PAGE_FAULT_PROTECTION) == 0 && address >= PAGE_SIZE &&
           distance < PAGE_SIZE && !stack_find(address, &stack);
}

static void describe_page_fault(const struct context *saved, char *text, size_t size)
{
    uintptr_t address = cpu_fault_address();
    uint64_t error = saved->error;
    const char *access = error & PAGE_FAULT_WRITE ? "write" : "read";
    const char *page =
        error & PAGE_FAULT_PROTECTION ? "a page that forbids it" : "a page that is not mapped";

    if (error & PAGE_FAULT_FETCH) {
        access = "execution";
    }
    if (error & PAGE_FAULT_RESERVED) {
        page = "a page-table entry with reserved bits set";
    }
    format_to_buffer(text, size, "page fault: %s%s at %p, %s%s",
                     error & PAGE_FAULT_USER ? "user " : "", access, (void *)address, page,
                     is_stack_overflow(saved, address) ? "; the stack has overflowed" : "");
}

/**
 * Says in words what an exception means.
 *
 * @param saved  the interrupted code's registers; for a page fault CR2 must still be the fault's
 * @param text   filled with one line, cut off if it does not fit
 * @param size   of text in bytes; EXCEPTION_TEXT_SIZE is enough for all
 */
void exception_describe(const struct context *saved, char *text, size_t size)
{
    if (saved->vector >= sizeof(names) / sizeof(names[0])) {
        format_to_buffer(text, size, "unexpected interrupt, vector %lu", saved->vector);
    } else if (saved->vector == VECTOR_PAGE_FAULT) {
        describe_page_fault(saved, text, size);
    } else {
        const char *name = names[saved->vector];

        format_to_buffer(text, size, "%s, error code 0x%lx", name ? name : "reserved exception",
                         saved->error);
    }
}
