/**
 * @file
 * The list of the kernel's own stacks, whose room is in stack_space.asm.
 */
#include "arch/stacks.h"

extern const char boot_stack[], boot_stack_end[];
extern const char kernel_stack[], kernel_stack_end[];
extern const char fault_stack[], fault_stack_end[];

/** All stacks that are part of the image; the page below each is a guard page. */
const struct stack_span kernel_stacks[] = {
    {"boot", (uintptr_t)boot_stack, (uintptr_t)boot_stack_end},
    {"kernel", (uintptr_t)kernel_stack, (uintptr_t)kernel_stack_end},
    {"fault", (uintptr_t)fault_stack, (uintptr_t)fault_stack_end},
};

const size_t kernel_stack_count = sizeof(kernel_stacks) / sizeof(kernel_stacks[0]);

/**
 * Finds the kernel stack that an address lies on.
 *
 * @param address  any address
 * @param found    filled with the stack's bounds
 * @return whether there is one
 */
bool stack_find_kernel(uintptr_t address, struct stack_span *found)
{
    for (size_t i = 0; i < kernel_stack_count; i++) {
        if (address >= kernel_stacks[i].start && address < kernel_stacks[i].end) {
            *found = kernel_stacks[i];
            return true;
        }
    }
    return false;
}
