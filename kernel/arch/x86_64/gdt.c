/**
 * @file
 * The global descriptor table and the task state segment.
 *
 * Long mode ignores a segment's base and limit; what is left of segmentation is the privilege
 * level in CS, and the TSS, which tells the CPU where to save an interruption.
 */
#include "arch/x86_64/gdt.h"

#define DESCRIPTOR_CODE 0x00209A0000000000u /* present, ring 0, code, readable, 64-bit */
#define DESCRIPTOR_DATA 0x0000920000000000u /* present, ring 0, data, writable */
#define DESCRIPTOR_USER 0x0000600000000000u /* privilege 3, added to the two above */
#define DESCRIPTOR_TSS 0x89u                /* present, ring 0, available 64-bit TSS */

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

/** Operand of lgdt and lidt in 64-bit mode. */
struct table_pointer {
    uint16_t limit;
    uint64_t base;
} __attribute__((packed));

/* Registers of whatever the kernel's first step interrupts, and of a kernel gone wrong. */
struct context boot_context;
static struct context double_fault_context, nmi_context;

/* Written once by gdt_init; ist[0] again whenever another context becomes the current one. */
struct task_state_segment gdt_tss;
static uint64_t gdt[7];

static uint64_t context_end(const struct context *context)
{
    return (uintptr_t)(context + 1);
}

static void gdt_set_tss(void)
{
    uint64_t base = (uintptr_t)&gdt_tss;
    uint64_t limit = sizeof(gdt_tss) - 1;
    uint64_t *low = &gdt[TSS_SELECTOR / 8];

    low[0] = limit | (base & 0xFFFFFF) << 16 | (uint64_t)DESCRIPTOR_TSS << 40 |
             (base >> 24 & 0xFF) << 56;
    low[1] = base >> 32;
}

/** Loads GDTR, SS, CS and the task register; the other segment registers stay 0. */
static void gdt_load(void)
{
    struct table_pointer pointer = {sizeof(gdt) - 1, (uintptr_t)gdt};

    __asm__ volatile("lgdt %0\n\t"
                     "mov %1, %%ss\n\t"
                     "pushq %2\n\t"
                     "leaq 1f(%%rip), %%rax\n\t"
                     "pushq %%rax\n\t"
                     "lretq\n" /* CS changes only by a far return, jump or call */
                     "1:\n\t"
                     "ltr %3"
                     :
                     : "m"(pointer), "r"((uint32_t)KERNEL_DATA_SELECTOR), "i"(KERNEL_CODE_SELECTOR),
                       "r"((uint16_t)TSS_SELECTOR)
                     : "rax", "memory");
}

/**
 * Says where the CPU saves the next interruption: makes a context the current one.
 */
void gdt_set_save_area(const struct context *context)
{
    gdt_tss.ist[IST_CONTEXT - 1] = context_end(context);
}

/**
 * Makes and loads the segment descriptors and the task state segment.
 */
void gdt_init(void)
{
    gdt_set_save_area(&boot_context);
    gdt_tss.ist[IST_DOUBLE_FAULT - 1] = context_end(&double_fault_context);
    gdt_tss.ist[IST_NMI - 1] = context_end(&nmi_context);
    gdt_tss.io_map_base = sizeof(gdt_tss);

    gdt[KERNEL_CODE_SELECTOR / 8] = DESCRIPTOR_CODE;
    gdt[KERNEL_DATA_SELECTOR / 8] = DESCRIPTOR_DATA;
    gdt[USER_DATA_SELECTOR / 8] = DESCRIPTOR_DATA | DESCRIPTOR_USER;
    gdt[USER_CODE_SELECTOR / 8] = DESCRIPTOR_CODE | DESCRIPTOR_USER;
    gdt_set_tss();
    gdt_load();
}
