/**
 * @file
 * Makes an exception: the argument says which. Lives on only if the kernel lets it.
 */
#include "culprits.h"

#include "guest_program.h"

#define KERNEL_ADDRESS 0xFFFFFFFF80100000ul
#define NOT_CANONICAL 0x0000800000000000ul

static uint8_t data[] = {0xC3}; /* RET */

/* The function that is to be at fault is a symbol of its own: the grader looks for it. */
#define CRIME(name) \
    __attribute__((noinline)) void commit_##name(void); \
    void commit_##name(void)

CRIME(privileged)
{
    __asm__ volatile("cli");
}

CRIME(divide)
{
    __asm__ volatile("xorl %%ecx, %%ecx\n\tdivl %%ecx" : : "a"(1), "d"(0) : "ecx", "cc");
}

CRIME(invalid)
{
    __asm__ volatile("ud2");
}

CRIME(breakpoint)
{
    __asm__ volatile("int3");
}

CRIME(read_kernel)
{
    (void)*(volatile uint8_t *)KERNEL_ADDRESS;
}

CRIME(write_text)
{
    *(volatile uint8_t *)(uintptr_t)guest_main = 0;
}

CRIME(run_data)
{
    __asm__ volatile("call *%0" : : "r"(data) : "memory");
}

CRIME(not_canonical)
{
    (void)*(volatile uint8_t *)NOT_CANONICAL;
}

CRIME(step)
{
    __asm__ volatile("pushfq\n\torq $0x100, (%%rsp)\n\tpopfq\n\tnop" : : : "memory", "cc");
}

CRIME(port)
{
    __asm__ volatile("outb %%al, $0x80" : : "a"(0));
}

static void (*const crimes[CRIMES])(void) = {
    [CRIME_PRIVILEGED] = commit_privileged,
    [CRIME_DIVIDE] = commit_divide,
    [CRIME_INVALID] = commit_invalid,
    [CRIME_BREAKPOINT] = commit_breakpoint,
    [CRIME_READ_KERNEL] = commit_read_kernel,
    [CRIME_WRITE_TEXT] = commit_write_text,
    [CRIME_RUN_DATA] = commit_run_data,
    [CRIME_NOT_CANONICAL] = commit_not_canonical,
    [CRIME_STEP] = commit_step,
    [CRIME_PORT] = commit_port,
};

int64_t guest_main(uint64_t argument)
{
    crimes[argument % CRIMES]();
    guest_report("alive", argument);
    guest_checkpoint("alive");
    return 1;
}
