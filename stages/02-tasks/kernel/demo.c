/**
 * @file
 * What stage 02 shows: tasks that share the CPU.
 */
#include "arch/machine.h"
#include "debug/printk.h"
#include "task/sched.h"
#include "task/thread_calls.h"

#define WORKERS 3u
#define STEPS 3
#define RUN_TICKS 300u

/** Says a line, then sleeps: the tasks take turns because they want to. */
static int64_t say_and_sleep(void *argument)
{
    const char *name = argument;

    for (int step = 1; step <= STEPS; step++) {
        printk("[%s] step %d of %d\n", name, step, STEPS);
        thread_sleep(10);
    }
    return 0;
}

/** Counts without ever asking the kernel for anything: the timer takes the turns. */
static int64_t count_up(void *argument)
{
    volatile uint64_t *counter = argument;
    uint64_t end = sched.ticks + RUN_TICKS;

    while (*(volatile uint64_t *)&sched.ticks < end) {
        ++*counter;
    }
    return 0;
}

static void run_together(thread_program program, void *const arguments[WORKERS])
{
    static const char *const names[WORKERS] = {"task A", "task B", "task C"};
    thread_id ids[WORKERS];

    for (unsigned i = 0; i < WORKERS; i++) {
        enum error error = thread_create(names[i], program, arguments[i], &ids[i]);

        if (error != ERROR_NONE) {
            printk("[demo] %s cannot be created: %s\n", names[i], error_name(error));
            return;
        }
    }
    for (unsigned i = 0; i < WORKERS; i++) {
        thread_join(ids[i], NULL);
    }
}

/**
 * The demonstration.
 */
void demo_main(void)
{
    static uint64_t counters[WORKERS];

    printk("[demo] three tasks that sleep between their steps\n");
    run_together(say_and_sleep, (void *[]){"task A", "task B", "task C"});

    printk("[demo] three tasks that never give the CPU away, %u ms\n", RUN_TICKS);
    run_together(count_up, (void *[]){&counters[0], &counters[1], &counters[2]});
    for (unsigned i = 0; i < WORKERS; i++) {
        printk("[demo] task %c counted to %lu\n", "ABC"[i], counters[i]);
    }
    printk("[demo] stage 02 has shown its tasks; nothing more to do\n");
    machine_stop(STOP_DONE);
}
