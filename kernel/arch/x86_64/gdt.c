/**
 * @file
 * The task state segment, and its descriptor; the other segments stand in boot.asm.
 *
 * In long mode all that is left of segmentation is the privilege level in CS, and the TSS, which
 * tells the CPU where to save an interruption.
 */
#include "arch/x86_64/gdt.h"

#define DESCRIPTOR_TSS 0x89u /* present, ring 0, available 64-bit TSS */

/** Task state segment, 64-bit format (Intel SDM Vol. 3A 7.7). */
struct task_state_segment {
    uint32_t reserved_0;
    uint64_t rsp[3];
    uint64_t reserved_1;
    uint64_t ist[7]; /**< ist[0] is IST1 */
    uint64_t reserved_2;
    uint16_t reserved_3;
    uint16_t io_map_base; /**< at or past the segment's limit: no I/O permission map */
} __attribute__((packed));

_Static_assert(sizeof(struct task_state_segment) == 104, "Intel SDM Vol. 3A figure 7-11");

/* Registers of whatever the kernel's first step interrupts, and of a kernel gone wrong. */
struct context boot_context;
static struct context double_fault_context, nmi_context;

/* Written once by gdt_init; ist[0] again whenever another context becomes the current one. */
struct task_state_segment gdt_tss;
extern uint64_t gdt[]; /* boot.asm */

static uint64_t context_end(const struct context *context)
{
    return (uintptr_t)(context + 1);
}

/**
 * Says where the CPU saves the next interruption: makes a context the current one.
 */
void gdt_set_save_area(const struct context *context)
{
    gdt_tss.ist[IST_CONTEXT - 1] = context_end(context);
}

/**
 * Makes and loads the task state segment.
 */
void gdt_init(void)
{
    uint64_t base = (uintptr_t)&gdt_tss;
    uint64_t limit = sizeof(gdt_tss) - 1;
    uint64_t *descriptor = &gdt[TSS_SELECTOR / 8];

    gdt_set_save_area(&boot_context);
    gdt_tss.ist[IST_DOUBLE_FAULT - 1] = context_end(&double_fault_context);
    gdt_tss.ist[IST_NMI - 1] = context_end(&nmi_context);
    gdt_tss.io_map_base = sizeof(gdt_tss);

    descriptor[0] = limit | (base & 0xFFFFFF) << 16 | (uint64_t)DESCRIPTOR_TSS << 40 |
                    (base >> 24 & 0xFF) << 56;
    descriptor[1] = base >> 32;
    __asm__ volatile("ltr %0" : : "r"((uint16_t)TSS_SELECTOR) : "memory");
}
