/**
 * @file
 * The scheduler: round robin.
 *
 * The kernel is a state machine: every entry (a timer interrupt, a kernel call) changes the state
 * of some threads and ends in sched_leave(), which goes on with whichever thread is to run. Nothing
 * is kept on the kernel's stack between two entries, so that switching threads is nothing more than
 * leaving to another context than the one that was saved.
 */
#include "task/sched.h"

#include <stdbool.h>

#include "arch/cpu.h"
#include "arch/interrupt.h"
#include "arch/switch.h"
#include "debug/panic.h"
#include "debug/printk.h"
#include "init.h"
#include "task/call.h"
#include "task/irq.h"
#include "task/timer.h"

struct scheduler sched;

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
    sched.idle = make_or_panic("idle", idle_program);
    sched_make_ready(make_or_panic("main", main_program));
    call_set_handler(call_enter);
    irq_init();
    interrupt_set_handler(INTERRUPT_TIMER, timer_enter);
    printk("[sched] round-robin enabled\n");
}

/**
 * Starts the timer and leaves to the first thread. What called this never goes on.
 */
void sched_start(void)
{
    timer_init(SCHED_TICK_HZ);
    sched.current = sched.idle;
    sched.current->state = THREAD_RUNNING;
    sched_leave();
}

/**
 * Makes a thread ready to run: after all that are ready already.
 *
 * @param thread  in no queue, not the idle thread
 */
void sched_make_ready(struct thread *thread)
{
    ASSERT(thread != sched.idle);
    thread->state = THREAD_READY;
    queue_append(&sched.ready, thread);
}

/**
 * Ends the current thread's turn: it lines up behind all that are ready.
 */
void sched_rotate(void)
{
    if (sched.current != sched.idle) {
        sched_make_ready(sched.current);
    }
}

/** Takes the thread whose turn it is out of the ready queue; the idle thread when it is empty. */
static struct thread *take_next(void)
{
    struct thread *next = sched.ready.first;

    if (next == NULL) {
        return sched.idle;
    }
    queue_remove(next);
    return next;
}

/**
 * Leaves the kernel: to the current thread if it may go on, else to the next one.
 */
noreturn void sched_leave(void)
{
    bool may_go_on = sched.current->state == THREAD_RUNNING && sched.current != sched.idle;

    if (!may_go_on) {
        if (sched.current == sched.idle) {
            sched.idle->state = THREAD_READY;
        }
        sched.current = take_next();
        sched.current->state = THREAD_RUNNING;
        sched.current->quantum = SCHED_QUANTUM;
    }
    context_resume(&sched.current->context);
}
