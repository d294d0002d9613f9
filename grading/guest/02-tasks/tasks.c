/**
 * @file
 * Tests of stage 02 as a whole: threads that work, yield, sleep, make further threads, join them
 * and end with a status, all as the seed has it; and a thread that overruns its stack.
 *
 * What a thread is to compute follows from its seed alone, so the grader knows each status. At
 * moments that the seed decides the grader looks at the stopped machine.
 */
#include "guest.h"
#include "lib/string.h"
#include "mm/frames.h"
#include "task/sched.h"
#include "task/thread_calls.h"

#define MOST_TASKS 64u
#define MOST_NAPS 256u
#define DEPTH 2u          /* of threads that make threads */
#define MOMENT_CHANCE 12u /* one in so many steps stops for the grader */

/** What a thread is told to do. */
struct task {
    uint64_t random; /**< state of its own numbers */
    unsigned depth;
};

/** One sleep: what was asked for, and what the CPU's clock says. */
struct guest_nap {
    uint64_t asked;      /**< milliseconds */
    uint64_t begin, end; /**< time-stamp counter */
};

/* Read by the grader. */
struct guest_nap guest_naps[MOST_NAPS];
volatile uint64_t guest_nap_count;
volatile uint64_t guest_task_count;

static struct task tasks[MOST_TASKS];

static uint64_t time_stamp(void)
{
    uint32_t low, high;

    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    return (uint64_t)high << 32 | low;
}

/** The next number below a limit; also the next step of what the thread computes. */
static uint64_t draw(struct task *task, uint64_t limit)
{
    return guest_random_next(&task->random) % limit;
}

static uint64_t take_number(volatile uint64_t *counter)
{
    uint64_t number = 1;

    __asm__ volatile("lock xaddq %0, %1" : "+r"(number), "+m"(*counter) : : "memory");
    return number;
}

static void nap(uint64_t milliseconds)
{
    uint64_t number = take_number(&guest_nap_count);
    uint64_t begin = time_stamp();

    thread_sleep(milliseconds);
    if (number < MOST_NAPS) {
        guest_naps[number] = (struct guest_nap){milliseconds, begin, time_stamp()};
    }
}

/** Keeps the CPU busy without the kernel. */
static void toil(uint64_t rounds)
{
    for (volatile uint64_t i = 0; i < rounds; i++) {
    }
}

static int64_t run_task(void *argument);

/** Makes some threads, and joins them in another order. @return the sum of their statuses */
static uint64_t run_children(struct task *task)
{
    thread_id ids[4];
    unsigned count = 1 + (unsigned)draw(task, 4);
    uint64_t sum = 0;

    for (unsigned i = 0; i < count; i++) {
        uint64_t number = take_number(&guest_task_count);
        enum error error;

        if (number >= MOST_TASKS) {
            guest_report("too-many-tasks", number);
            guest_end();
        }
        tasks[number] = (struct task){guest_random_next(&task->random), task->depth + 1};
        error = thread_create("task", run_task, &tasks[number], &ids[i]);
        if (error != ERROR_NONE) {
            guest_report("create-error", error);
            guest_end();
        }
    }
    for (unsigned i = 0; i < count; i++) {
        int64_t status = 0;
        enum error error = thread_join(ids[count - 1 - i], &status);

        if (error != ERROR_NONE) {
            guest_report("join-error", error);
        }
        sum += (uint64_t)status;
    }
    return sum;
}

static void do_step(struct task *task)
{
    switch (draw(task, 4)) {
    case 0:
        thread_yield();
        break;
    case 1:
        nap(1 + draw(task, 12));
        break;
    case 2:
        toil(1000 + draw(task, 60000));
        break;
    default:
        toil(draw(task, 5000));
    }
    if (draw(task, MOMENT_CHANCE) == 0) {
        guest_checkpoint("moment");
    }
}

/** A thread's program: some steps, perhaps children, and a status that only its numbers yield. */
static int64_t run_task(void *argument)
{
    struct task *task = argument;
    unsigned steps = 4 + (unsigned)draw(task, 5);
    uint64_t sum = 0;

    for (unsigned i = 0; i < steps; i++) {
        do_step(task);
    }
    if (task->depth < DEPTH && draw(task, 3) != 0) {
        sum = run_children(task);
    }
    sum += guest_random_next(&task->random);
    if (draw(task, 2) == 0) {
        thread_exit((int64_t)sum);
    }
    return (int64_t)sum;
}

void guest_test_tasks_whole(void);
void guest_test_tasks_whole(void)
{
    struct task first = {guest_random(), 0};

    guest_report("frames", *(volatile size_t *)&frames.free_count);
    guest_checkpoint("before");
    for (unsigned round = 0; round < 3; round++) {
        guest_report_hex("sum", run_children(&first));
    }
    guest_checkpoint("after");
}

/** All threads sleep, main too: only the idle one is left. */
static int64_t sleep_long(void *argument)
{
    nap((uint64_t)argument);
    return 0;
}

void guest_test_tasks_idle(void);
void guest_test_tasks_idle(void)
{
    unsigned count = 2 + (unsigned)guest_random_below(4);
    uint64_t longest = 300 + guest_random_below(200);
    thread_id ids[8];

    for (unsigned i = 0; i < count; i++) {
        thread_create("sleeper", sleep_long, (void *)(longest + guest_random_below(50)), &ids[i]);
    }
    guest_report("asked", longest);
    guest_checkpoint("asleep");
    nap(longest);
    guest_checkpoint("awake");
    for (unsigned i = 0; i < count; i++) {
        thread_join(ids[i], NULL);
    }
    guest_checkpoint("joined");
}

/** Goes deeper and deeper, as far as it may. */
static uint64_t overrun(uint64_t depth)
{
    volatile uint64_t room[16];

    for (unsigned i = 0; i < 16; i++) {
        room[i] = depth;
    }
    return (depth == 0 ? 0 : overrun(depth - 1)) + room[depth % 16];
}

static int64_t overrun_program(void *argument)
{
    return (int64_t)overrun((uint64_t)argument << 32);
}

void guest_test_tasks_overrun(void);
void guest_test_tasks_overrun(void)
{
    uint64_t others = guest_random_below(4);
    thread_id id;

    for (uint64_t i = 0; i <= others; i++) {
        thread_create("overrun", i == others ? overrun_program : sleep_long, (void *)1000, &id);
    }
    thread_join(id, NULL);
}
