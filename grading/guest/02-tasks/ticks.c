/**
 * @file
 * Test of what one timer interrupt does: timer_enter() is called with a state of the scheduler that
 * the test has prepared. The functions that it calls in other files are the test's own, which write
 * down who was called in which order, and with what.
 *
 * It wants threads=0.
 */
#include "task/sched.h"

#include "between.h"
#include "guest.h"
#include "lib/string.h"

#define BLOCKS 8u
#define ROUNDS 64u
#define MOST_CALLS 8u

enum guest_tick_call { GUEST_ACKNOWLEDGE, GUEST_WAKE_DUE, GUEST_LEAVE };

/** What the grader wants to know of a thread. */
struct guest_tick_thread {
    enum thread_state state;
    unsigned quantum;
    uint64_t ticks_used, wake_tick;
    struct thread_queue *queue;
    struct thread *next;
};

/** The scheduler's state. */
struct guest_tick_state {
    struct scheduler sched;
    struct guest_tick_thread threads[BLOCKS];
};

/** A call that timer_enter made. */
struct guest_tick_event {
    enum guest_tick_call call;
    uint64_t argument;
    uint64_t ticks; /**< sched.ticks at that moment */
};

/** One timer interrupt. */
struct guest_tick_round {
    struct guest_tick_state before, after;
    struct guest_tick_event events[MOST_CALLS];
    uint64_t event_count;
    bool begun, finished;
};

/* Read by the grader. */
struct guest_tick_round guest_tick_rounds[ROUNDS];
struct thread guest_tick_blocks[BLOCKS];

static struct guest_tick_round *now_running;

static void note(enum guest_tick_call call, uint64_t argument)
{
    if (now_running->event_count < MOST_CALLS) {
        now_running->events[now_running->event_count++] =
            (struct guest_tick_event){call, argument, sched.ticks};
    }
}

static bool note_acknowledge(unsigned line)
{
    note(GUEST_ACKNOWLEDGE, line);
    return true;
}

/** As sleep_wake_due(), which is an exercise of its own. */
static void note_wake_due(uint64_t now)
{
    struct thread *thread;

    note(GUEST_WAKE_DUE, now);
    while ((thread = sched.sleepers.first) != NULL && thread->wake_tick <= now) {
        guest_queue_remove(thread);
        thread->state = THREAD_READY;
        guest_queue_append(&sched.ready, thread);
    }
}

static void note_leave(void)
{
    note(GUEST_LEAVE, 0);
    guest_escape();
}

static void save_state(struct guest_tick_state *state)
{
    state->sched = sched;
    for (unsigned i = 0; i < BLOCKS; i++) {
        const struct thread *thread = &guest_tick_blocks[i];

        state->threads[i] =
            (struct guest_tick_thread){thread->state,     thread->quantum, thread->ticks_used,
                                       thread->wake_tick, thread->queue,   thread->next};
    }
}

static void add_sleeper(struct thread *thread, uint64_t wake_tick)
{
    thread->state = THREAD_SLEEPING;
    thread->wake_tick = wake_tick;
    guest_queue_append(&sched.sleepers, thread);
}

/** Thread 0 is the idle one, thread 1 runs, unless the idle one does; others are ready or asleep.
 */
static void prepare(unsigned round)
{
    struct thread *idle = &guest_tick_blocks[0];
    unsigned next = 2;
    unsigned ready = (unsigned)guest_random_below(3);
    unsigned due = (unsigned)guest_random_below(3);

    memset(guest_tick_blocks, 0, sizeof(guest_tick_blocks));
    memset(&sched, 0, sizeof(sched));
    sched.ticks = round % 4 == 2 ? guest_random() >> 8 : guest_random_below(10000);
    sched.idle = idle;
    sched.current = round % 8 == 7 ? idle : &guest_tick_blocks[1];
    idle->state = THREAD_READY;
    sched.current->state = THREAD_RUNNING;
    sched.current->quantum = round % 4 < 3 ? round % 4 : 2 + (unsigned)guest_random_below(9);
    sched.current->ticks_used = guest_random_below(1000);
    for (unsigned i = 0; i < ready; i++, next++) {
        guest_tick_blocks[next].state = THREAD_READY;
        guest_queue_append(&sched.ready, &guest_tick_blocks[next]);
    }
    for (unsigned i = 0; i < due; i++, next++) {
        add_sleeper(&guest_tick_blocks[next], sched.ticks + 1);
    }
    /* And one that is not due for a tick at least. */
    add_sleeper(&guest_tick_blocks[next], sched.ticks + 2 + guest_random_below(2));
}

static void enter(void *saved)
{
    timer_enter(saved);
}

void guest_test_tick_order(void);
void guest_test_tick_order(void)
{
    guest_between.interrupt_acknowledge = note_acknowledge;
    guest_between.sleep_wake_due = note_wake_due;
    guest_between.sched_leave = note_leave;
    guest_between.queue_remove = guest_queue_remove;
    for (unsigned i = 0; i < ROUNDS; i++) {
        now_running = &guest_tick_rounds[i];
        prepare(i);
        save_state(&now_running->before);
        now_running->begun = true;
        guest_escaped(enter, &sched.current->context);
        save_state(&now_running->after);
        now_running->finished = true;
    }
    guest_checkpoint("done");
}
