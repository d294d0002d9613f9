/**
 * @file
 * Does one thing that no program may do; the argument says which. The kernel has to end the task,
 * and nothing else may be hurt. If the program lives on, it says so and ends with status 1.
 */
#include "bin/offender.h"

#include "print.h"
#include "program.h"

/** An address in the kernel's half. */
#define KERNEL_ADDRESS 0xFFFFFFFF80100000ul
/** An address in neither half (Intel SDM Vol. 1 3.3.7.1). */
#define NOT_CANONICAL 0x0000800000000000ul

static void disable_interrupts(void)
{
    __asm__ volatile("cli");
}

static void jump_to_kernel(void)
{
    ((void (*)(void))KERNEL_ADDRESS)();
}

static void divide_by_zero(void)
{
    __asm__ volatile("xorl %%ecx, %%ecx\n\tdivl %%ecx" : : "a"(1), "d"(0) : "ecx", "cc");
}

static void load_unaligned(void)
{
    static const char bytes[32] __attribute__((aligned(16)));

    __asm__ volatile("movaps %0, %%xmm0" : : "m"(bytes[1]));
}

/** Calls itself until the stack is used up. */
static uint64_t descend(uint64_t depth)
{
    volatile uint64_t here = depth;

    return depth == 0 ? 0 : descend(depth - 1) + here;
}

static void overrun_stack(void)
{
    descend(UINT64_MAX);
}

static void write_text(void)
{
    *(volatile uint8_t *)(uintptr_t)main = 0;
}

static void read_kernel(void)
{
    (void)*(volatile uint8_t *)KERNEL_ADDRESS;
}

static void run_data(void)
{
    static uint8_t code[] = {0xC3}; /* ret */

    ((void (*)(void))(uintptr_t)code)();
}

static void breakpoint(void)
{
    __asm__ volatile("int3");
}

static void halt(void)
{
    __asm__ volatile("hlt");
}

static void write_port(void)
{
    __asm__ volatile("outb %%al, $0x80" : : "a"(0));
}

static void read_not_canonical(void)
{
    (void)*(volatile uint8_t *)NOT_CANONICAL;
}

/** Sets RFLAGS.TF, which raises a debug exception behind the next instruction. */
static void step(void)
{
    __asm__ volatile("pushfq\n\torq $0x100, (%%rsp)\n\tpopfq\n\tnop" : : : "memory", "cc");
}

static const struct {
    const char *name;
    void (*commit)(void);
} offences[OFFENCES] = {
    [OFFENCE_PRIVILEGED] = {"turns interrupts off", disable_interrupts},
    [OFFENCE_KERNEL_JUMP] = {"jumps into the kernel", jump_to_kernel},
    [OFFENCE_DIVIDE] = {"divides by zero", divide_by_zero},
    [OFFENCE_UNALIGNED] = {"loads 16 bytes from an odd address", load_unaligned},
    [OFFENCE_STACK] = {"overruns its stack", overrun_stack},
    [OFFENCE_TEXT_WRITE] = {"writes to its own text", write_text},
    [OFFENCE_KERNEL_READ] = {"reads the kernel's memory", read_kernel},
    [OFFENCE_DATA_RUN] = {"runs its data", run_data},
    [OFFENCE_BREAKPOINT] = {"hits a breakpoint", breakpoint},
    [OFFENCE_HALT] = {"halts the CPU", halt},
    [OFFENCE_PORT] = {"writes to a port", write_port},
    [OFFENCE_NOT_CANONICAL] = {"reads from an address that cannot be", read_not_canonical},
    [OFFENCE_SINGLE_STEP] = {"steps through itself", step},
};

/** Commits an offence. @param argument an enum offence */
int64_t main(uint64_t argument)
{
    if (argument >= OFFENCES) {
        return 2;
    }
    print("[offender] %s\n", offences[argument].name);
    offences[argument].commit();
    print("[offender] is still there\n");
    return 1;
}
