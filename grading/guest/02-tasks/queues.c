/**
 * @file
 * Tests of the queues of threads and of those who sleep in one. The threads are control blocks of
 * the test's own, which never run. After each step all links are written down; the grader, which
 * reads them from outside, knows who has to stand where.
 *
 * All of them want threads=0.
 */
#include "task/sched.h"

#include "between.h"
#include "guest.h"
#include "lib/string.h"

#define BLOCKS 12u
#define QUEUES 3u
#define MOST_STEPS 256u
#define NOBODY UINT32_MAX

enum guest_queue_kind {
    GUEST_APPEND,
    GUEST_INSERT,
    GUEST_REMOVE,
    GUEST_SLEEP,
    GUEST_WAKE,
    GUEST_LINED_UP, /**< the test has filled the queues itself */
};

/** A thread's part in the queues. */
struct guest_links {
    struct thread_queue *queue;
    struct thread *next, *previous;
    enum thread_state state;
    uint64_t wake_tick;
};

/** One step, and what all links were after it. */
struct guest_queue_step {
    enum guest_queue_kind kind;
    bool finished;
    uint32_t thread, queue, place; /**< numbers; place: before whom it was put, or NOBODY */
    uint64_t tick;
    struct thread_queue queues[QUEUES];
    struct guest_links links[BLOCKS];
};

/* Read by the grader. */
struct thread guest_blocks[BLOCKS];
struct thread_queue guest_queues[QUEUES];
struct guest_queue_step guest_queue_steps[MOST_STEPS];
uint64_t guest_queue_step_count;

/* Where the test itself has put each thread; NOBODY: in no queue. */
static uint32_t queue_of[BLOCKS];

/* --- steps --- */

static struct guest_queue_step *step_begin(enum guest_queue_kind kind, uint32_t thread)
{
    struct guest_queue_step *step = &guest_queue_steps[guest_queue_step_count];

    if (guest_queue_step_count == MOST_STEPS) {
        guest_end();
    }
    guest_queue_step_count++;
    *step = (struct guest_queue_step){.kind = kind, .thread = thread, .place = NOBODY};
    return step;
}

/** Writes down three queues: the test's own, or those of the scheduler. */
static void step_end(struct guest_queue_step *step, const struct thread_queue *first,
                     const struct thread_queue *second, const struct thread_queue *third)
{
    step->queues[0] = *first;
    step->queues[1] = *second;
    step->queues[2] = *third;
    for (unsigned i = 0; i < BLOCKS; i++) {
        const struct thread *thread = &guest_blocks[i];

        step->links[i] = (struct guest_links){thread->queue, thread->next, thread->previous,
                                              thread->state, thread->wake_tick};
    }
    step->finished = true;
}

static void step_end_queues(struct guest_queue_step *step)
{
    step_end(step, &guest_queues[0], &guest_queues[1], &guest_queues[2]);
}

static void step_end_scheduler(struct guest_queue_step *step)
{
    step_end(step, &sched.ready, &sched.sleepers, &guest_queues[2]);
}

/** Random bytes in all control blocks; they are in no queue. */
static void fill_blocks(void)
{
    for (unsigned i = 0; i < BLOCKS; i++) {
        uint64_t *words = (uint64_t *)&guest_blocks[i];

        for (size_t at = 0; at < sizeof(struct thread) / sizeof(*words); at++) {
            words[at] = guest_random();
        }
        guest_blocks[i].state = THREAD_RUNNING;
        guest_blocks[i].queue = NULL;
        guest_blocks[i].next = guest_blocks[i].previous = NULL;
        queue_of[i] = NOBODY;
    }
}

/* --- queue_remove --- */

/** Any thread that is in a queue, NOBODY when all queues are empty. */
static uint32_t random_member(void)
{
    uint32_t start = (uint32_t)guest_random_below(BLOCKS);

    for (uint32_t i = 0; i < BLOCKS; i++) {
        if (queue_of[(start + i) % BLOCKS] != NOBODY) {
            return (start + i) % BLOCKS;
        }
    }
    return NOBODY;
}

static void put_in(uint32_t thread)
{
    uint32_t place = random_member();
    bool insert = place != NOBODY && guest_random_below(2) == 0;
    struct guest_queue_step *step = step_begin(insert ? GUEST_INSERT : GUEST_APPEND, thread);

    step->queue = insert ? queue_of[place] : (uint32_t)guest_random_below(QUEUES);
    step->place = insert ? place : NOBODY;
    queue_of[thread] = step->queue;
    if (insert) {
        queue_insert_before(&guest_queues[step->queue], &guest_blocks[thread],
                            &guest_blocks[place]);
    } else {
        queue_append(&guest_queues[step->queue], &guest_blocks[thread]);
    }
    step_end_queues(step);
}

static void take_out(uint32_t thread)
{
    struct guest_queue_step *step = step_begin(GUEST_REMOVE, thread);

    step->queue = queue_of[thread];
    queue_of[thread] = NOBODY;
    queue_remove(&guest_blocks[thread]);
    step_end_queues(step);
}

void guest_test_queue_remove(void);
void guest_test_queue_remove(void)
{
    fill_blocks();
    guest_checkpoint("filled");
    for (unsigned i = 0; i < 200; i++) {
        uint32_t thread = (uint32_t)guest_random_below(BLOCKS);

        /* Sometimes one is taken out that is in no queue. */
        if (queue_of[thread] == NOBODY && guest_random_below(6) != 0) {
            put_in(thread);
        } else {
            take_out(thread);
        }
    }
    for (uint32_t thread = 0; thread < BLOCKS; thread++) {
        take_out(thread);
    }
    guest_checkpoint("done");
}

/* --- sleep_start --- */

static void start_over(void)
{
    fill_blocks();
    memset(&sched.ready, 0, sizeof(sched.ready));
    memset(&sched.sleepers, 0, sizeof(sched.sleepers));
}

/** The threads' numbers in random order. */
static void shuffle(uint32_t order[BLOCKS])
{
    for (uint32_t i = 0; i < BLOCKS; i++) {
        uint32_t other = (uint32_t)guest_random_below(i + 1);

        order[i] = order[other];
        order[other] = i;
    }
}

/** Ticks close together, so that many are the same, and now and then the farthest of all. */
static uint64_t random_tick(uint64_t base, uint64_t spread)
{
    return guest_random_below(16) == 0 ? UINT64_MAX : base + guest_random_below(spread);
}

void guest_test_sleep_order(void);
void guest_test_sleep_order(void)
{
    uint32_t order[BLOCKS];

    for (unsigned round = 0; round < 12; round++) {
        /* Mostly small, to be easily read; sometimes more than 32 bits. */
        uint64_t base = round % 4 == 3 ? guest_random() >> 4 : guest_random_below(1000);

        start_over();
        sched.ticks = base == 0 ? 0 : base - guest_random_below(base < 100 ? base : 100);
        shuffle(order);
        step_end_scheduler(step_begin(GUEST_LINED_UP, NOBODY));
        for (unsigned i = 0; i < BLOCKS; i++) {
            struct guest_queue_step *step = step_begin(GUEST_SLEEP, order[i]);

            step->tick = random_tick(base, 1 + round);
            sleep_start(&guest_blocks[order[i]], step->tick);
            step_end_scheduler(step);
        }
    }
    guest_checkpoint("done");
}

/* --- sleep_wake_due --- */

/** Some threads ready, the others asleep until ticks in ascending order. @return the first tick */
static uint64_t line_up_sleepers(void)
{
    uint32_t order[BLOCKS];
    uint32_t ready = (uint32_t)guest_random_below(4);
    uint64_t first = 1 + guest_random_below(1000);
    uint64_t tick = first;

    shuffle(order);
    for (uint32_t i = 0; i < BLOCKS; i++) {
        struct thread *thread = &guest_blocks[order[i]];

        if (i < ready) {
            thread->state = THREAD_READY;
            guest_queue_append(&sched.ready, thread);
        } else {
            tick += i == ready ? 0 : guest_random_below(3);
            thread->state = THREAD_SLEEPING;
            thread->wake_tick = i == BLOCKS - 1 && guest_random_below(2) == 0 ? UINT64_MAX : tick;
            guest_queue_append(&sched.sleepers, thread);
        }
    }
    return first;
}

void guest_test_wake_due(void);
void guest_test_wake_due(void)
{
    guest_between.queue_remove = guest_queue_remove; /* an exercise of its own */
    for (unsigned round = 0; round < 20; round++) {
        uint64_t now;

        start_over();
        now = line_up_sleepers() - 1;
        step_end_scheduler(step_begin(GUEST_LINED_UP, NOBODY));
        for (unsigned i = 0; i < 8; i++) {
            struct guest_queue_step *step = step_begin(GUEST_WAKE, NOBODY);

            step->tick = sched.ticks = now;
            sleep_wake_due(now);
            step_end_scheduler(step);
            now += guest_random_below(5);
        }
    }
    guest_checkpoint("done");
}
