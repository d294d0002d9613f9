/**
 * @file
 * Test of preemption: threads that never ask the kernel for anything share the CPU.
 *
 * Each thread draws one random number after the other from a state of its own. So the grader can
 * tell from that state how far the thread has come, and it is not a count that somebody else could
 * have written. At moments that the seed decides it looks at all of them.
 */
#include "guest.h"
#include "task/sched.h"
#include "task/thread_calls.h"

#define MOST_WORKERS 6u
#define MOMENTS 4u
#define STUCK 400000u /* rounds of the loop without a tick: many times what a tick takes */
#define PIC1_COMMAND 0x20
#define OCW3_READ_IN_SERVICE 0x0B

/** One of the threads. */
struct guest_worker {
    volatile uint64_t state; /**< of its random numbers */
    uint64_t first_state;
    struct thread *thread;
};

/* Read by the grader. */
struct guest_worker guest_workers[MOST_WORKERS];
uint64_t guest_worker_count;

static volatile uint64_t go;
static uint64_t moments[MOMENTS]; /* ticks */
static volatile unsigned next_moment;

static uint64_t ticks(void)
{
    return *(volatile uint64_t *)&sched.ticks;
}

static uint8_t interrupts_in_service(void)
{
    uint8_t answer;

    __asm__ volatile("outb %0, %1"
                     :
                     : "a"((uint8_t)OCW3_READ_IN_SERVICE), "Nd"((uint16_t)PIC1_COMMAND));
    __asm__ volatile("inb %1, %0" : "=a"(answer) : "Nd"((uint16_t)PIC1_COMMAND));
    return answer;
}

/** No tick has come for long: tells what the interrupt controller waits for. */
static noreturn void report_stuck(void)
{
    uint64_t flags;

    __asm__ volatile("pushfq; popq %0" : "=r"(flags));
    guest_report("stuck-at-tick", ticks());
    guest_report_hex("flags", flags);
    guest_report("in-service", interrupts_in_service());
    guest_end();
}

/** Whoever finds that a moment has come stops for it; interrupts off, or two might. */
static void stop_at_moment(void)
{
    __asm__ volatile("cli" : : : "memory");
    if (next_moment < MOMENTS && ticks() >= moments[next_moment]) {
        next_moment++;
        guest_checkpoint("moment");
    }
    __asm__ volatile("sti" : : : "memory");
}

static int64_t work(void *argument)
{
    struct guest_worker *worker = argument;
    uint64_t last_tick = ticks();
    unsigned rounds = 0;

    while (go != 0) {
        uint64_t state = worker->state;

        guest_random_next(&state);
        worker->state = state;
        if (ticks() != last_tick) {
            last_tick = ticks();
            rounds = 0;
            if (next_moment < MOMENTS && last_tick >= moments[next_moment]) {
                stop_at_moment();
            }
            if (next_moment == MOMENTS) {
                go = 0;
            }
        } else if (++rounds == STUCK) {
            report_stuck();
        }
    }
    return (int64_t)(worker->first_state & INT64_MAX);
}

void guest_test_tick_preemption(void);
void guest_test_tick_preemption(void)
{
    thread_id ids[MOST_WORKERS];

    guest_worker_count = 3 + guest_random_below(MOST_WORKERS - 2);
    go = 1;
    for (unsigned i = 0; i < MOMENTS; i++) {
        uint64_t pause = (90 + guest_random_below(60)) * (i == 0 ? 1 : guest_worker_count) / 3;

        moments[i] = (i == 0 ? ticks() : moments[i - 1]) + pause;
    }
    for (unsigned i = 0; i < guest_worker_count; i++) {
        struct guest_worker *worker = &guest_workers[i];

        worker->first_state = worker->state = guest_random();
        if (thread_create("worker", work, worker, &ids[i]) != ERROR_NONE) {
            guest_report("not-created", i);
            guest_end();
        }
        worker->thread = thread_lookup(ids[i]);
    }
    for (unsigned i = 0; i < guest_worker_count; i++) {
        int64_t status = 0;

        guest_report("joined", thread_join(ids[i], &status));
        guest_report("status", (uint64_t)status);
    }
}
