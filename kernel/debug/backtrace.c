/**
 * @file
 * Who called whom: the chain of stack frames.
 *
 * The kernel is compiled with frame pointers: a function begins with push rbp; mov rbp, rsp. (gcc
 * leaves that out where a function calls nothing and needs no stack: then its caller is missing.)
 * So RBP points at the caller's RBP, and the return address stands just above it (System V ABI for
 * x86-64, figure 3.3):
 *
 *     rbp -> | caller's rbp | return address |       (lower addresses to the left)
 */
#include "debug/backtrace.h"

#include "debug/printk.h"

#define BACKTRACE_LIMIT 16

/**
 * Collects the return addresses of a chain of stack frames, the innermost first.
 *
 * The chain may be damaged: this runs when something has gone wrong. A frame is believed, and read,
 * only while it is aligned to 8 bytes, both of its words lie inside the stack, and it stands higher
 * than the one before. The chain ends at the first frame that is not (0, at the latest: the frame
 * pointer that boot.asm and trap_entry start with).
 *
 * @param frame    RBP: the innermost frame's address
 * @param stack    the stack that the chain lies on
 * @param returns  filled with the return addresses
 * @param limit    how many fit
 * @return the number of addresses written
 */
size_t backtrace_collect(uintptr_t frame, const struct stack_span *stack, uintptr_t *returns,
                         size_t limit)
{
    uintptr_t lowest = stack->start;
    size_t count = 0;

    while (count < limit && frame % sizeof(uintptr_t) == 0 && frame >= lowest &&
           frame <= stack->end - 2 * sizeof(uintptr_t)) {
        const uintptr_t *words = (const uintptr_t *)frame;

        returns[count++] = words[1];
        lowest = frame + 1;
        frame = words[0];
    }
    return count;
}

/** @return the last function that starts at or below an address; NULL where there is no code */
static const struct symbol *find_symbol(uintptr_t address)
{
    const struct symbol *found = NULL;

    for (size_t i = 0; i < symbol_count && symbol_table[i].address <= address; i++) {
        found = &symbol_table[i];
    }
    return address < symbol_end ? found : NULL;
}

/** Prints a line for an address in the function that `inside` lies in. */
static void print_line(unsigned depth, uintptr_t address, uintptr_t inside)
{
    const struct symbol *symbol = find_symbol(inside);

    printk("  #%-2u %p", depth, (void *)address);
    if (symbol != NULL) {
        printk(" %s+0x%zx", symbol->name, address - symbol->address);
    }
    printk("\n");
}

/**
 * Prints a backtrace, function names and all.
 *
 * A call may be its function's last instruction: the return address then is past its end, and the
 * byte before it is inside.
 *
 * @param address  where it begins: RIP of interrupted code, or a return address
 * @param inside   an address in the function that this is about: the same, or one less
 * @param frame    RBP there
 */
void backtrace_print(uintptr_t address, uintptr_t inside, uintptr_t frame)
{
    struct stack_span stack;
    uintptr_t returns[BACKTRACE_LIMIT];
    size_t count = 0;

    printk("backtrace:\n");
    print_line(0, address, inside);
    if (stack_find(frame, &stack)) {
        count = backtrace_collect(frame, &stack, returns, BACKTRACE_LIMIT);
    }
    for (size_t i = 0; i < count && returns[i] != 0; i++) {
        print_line((unsigned)i + 1, returns[i], returns[i] - 1);
    }
}
