/**
 * @file
 * Which stack an address lies on.
 */
#include "arch/stacks.h"

/**
 * Finds the stack that an address lies on.
 *
 * @param address  any address
 * @param found    filled with the stack's bounds
 * @return whether there is one
 */
bool stack_find(uintptr_t address, struct stack_span *found)
{
    return stack_find_kernel(address, found);
}
