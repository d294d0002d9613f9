/**
 * @file
 * The beginning of multitasking: the first two threads, and the timer.
 */
#include "arch/call.h"
#include "arch/interrupt.h"
#include "arch/machine.h"
#include "arch/stack_area.h"
#include "debug/panic.h"
#include "debug/printk.h"
#include "task/sched.h"

void demo_main(void); /* demo.c */

/** The idle thread's program: halts the CPU until the next interrupt, for ever. */
static noreturn int64_t idle_program(void *unused)
{
    (void)unused;
    for (;;) {
        cpu_wait();
    }
}

static int64_t main_program(void *unused)
{
    (void)unused;
    demo_main();
    return 0;
}

static struct thread *make_or_panic(const char *name, thread_program program)
{
    struct thread *thread;
    enum error error = thread_make(name, program, NULL, &thread);

    if (error != ERROR_NONE) {
        panic("sched_init: making thread %s: %s", name, error_name(error));
    }
    return thread;
}

/**
 * Makes the first two threads: the idle thread, and main, which runs the demonstration.
 */
void sched_init(void)
{
    stack_area_init();
    sched.idle = make_or_panic("idle", idle_program);
    sched_make_ready(make_or_panic("main", main_program));
    call_init();
    printk("[sched] round-robin enabled\n");
}

/**
 * Starts the timer and leaves to the first thread. What called this never goes on.
 */
void sched_start(void)
{
    timer_init(SCHED_TICK_HZ);
    sched.current = sched.idle;
    sched_leave();
}
