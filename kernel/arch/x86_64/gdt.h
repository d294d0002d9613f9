/**
 * @file
 * Segments and the task state segment.
 */
#pragma once

#include "arch/context.h"

#define KERNEL_CODE_SELECTOR 0x08
#define KERNEL_DATA_SELECTOR 0x10
#define TSS_SELECTOR 0x18 /* two entries */
#define USER_DATA_SELECTOR 0x28
#define USER_CODE_SELECTOR 0x30
#define SYSRET_SELECTOR_BASE (USER_DATA_SELECTOR - 8) /* SYSRET adds 8 and 16 to it */

/** Interrupt stack table entries (Intel SDM Vol. 3A 6.14.5): where the CPU saves an interruption.
 */
enum ist_index {
    IST_CONTEXT = 1,      /**< the current context: almost every vector */
    IST_DOUBLE_FAULT = 2, /**< a context of its own: IST1 may be what went wrong */
    IST_NMI = 3,          /**< NMI and machine check come at any moment, also inside an entry */
};

void gdt_set_save_area(const struct context *context);
