/**
 * @file
 * The beginning of multitasking: the idle thread, and the timer.
 */
#include "arch/interrupt.h"
#include "arch/machine.h"
#include "arch/stacks.h"
#include "arch/switch.h"
#include "debug/printk.h"
#include "task/program.h"
#include "task/sched.h"

/** The idle thread's program: halts the CPU until the next interrupt, for ever. */
static noreturn void idle_program(void)
{
    for (;;) {
        cpu_wait();
    }
}

/**
 * Makes the idle thread, the only one that runs in kernel mode: on the boot stack, which nobody
 * needs any more once it runs.
 */
void sched_init(void)
{
    sched.idle = thread_claim("idle");
    context_init(&sched.idle->context, (uintptr_t)idle_program, kernel_stacks[0].end, 0, 0);
    thread_prepare(sched.idle);
    printk("[sched] round-robin enabled\n");
}

/**
 * Starts the first program and the timer, and leaves to the first thread. What called this never
 * goes on.
 */
void sched_start(void)
{
    program_start_first();
    timer_init(SCHED_TICK_HZ);
    sched.current = sched.idle;
    sched_leave();
}
