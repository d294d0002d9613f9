/**
 * @file
 * Workers: coroutines, each with a stack of its own. The one thread of the server runs on its own
 * stack (the main loop) or on a worker's; worker_switch() goes from one to the other.
 *
 * Invariants: a worker is in exactly one list, that of the free ones, that of the ready ones or a
 * wait queue, or it runs. Only the main loop switches to a worker; a worker switches to the main
 * loop alone. So nothing runs while a worker runs but itself.
 */
#include "worker_run.h"

#include <stdint.h>

#include "print.h"
#include "task.h"

/** Bytes of each stack: more than twice what has been seen (workers_deepest()). */
#ifndef WORKER_STACK_SIZE
#define WORKER_STACK_SIZE 16384u
#endif

#define WORKER_MARK 0x5AFE57AC0B0770D5ul /* stands at the end of each stack, and all over it */
#define STACK_WORDS (WORKER_STACK_SIZE / sizeof(uint64_t))

/** What a stack holds that was left in worker_switch(): see there. */
struct left_stack {
    uint64_t r15, r14, r13, r12, rbx, rbp;
    void (*back)(void);
    uint64_t end; /* keeps the stack as it is at the beginning of a function: 8 below 16 */
};

void worker_switch(void **save, void *load);

static struct worker workers[WORKERS];
static uint64_t stacks[WORKERS][STACK_WORDS] __attribute__((aligned(16)));
static struct worker *free_workers; /* the one that was in use last comes first */
static unsigned free_count;
static struct wait_queue ready_workers;
static struct worker *running; /* NULL: the main loop */
static void *main_stack;       /* its stack pointer while a worker runs */

static void queue_add(struct wait_queue *queue, struct worker *worker)
{
    worker->next = NULL;
    if (queue->last != NULL) {
        queue->last->next = worker;
    } else {
        queue->first = worker;
    }
    queue->last = worker;
}

static struct worker *queue_take(struct wait_queue *queue)
{
    struct worker *worker = queue->first;

    if (worker != NULL) {
        queue->first = worker->next;
        if (queue->first == NULL) {
            queue->last = NULL;
        }
    }
    return worker;
}

/** Takes one out of the middle of a queue. */
static void queue_remove(struct wait_queue *queue, const struct worker *worker)
{
    struct worker *before = NULL, *at = queue->first;

    while (at != worker) {
        before = at;
        at = at->next;
    }
    if (before != NULL) {
        before->next = worker->next;
    } else {
        queue->first = worker->next;
    }
    if (queue->last == worker) {
        queue->last = before;
    }
}

static void set_free(struct worker *worker)
{
    worker->next = free_workers;
    free_workers = worker;
    free_count++;
}

/** Makes all workers free. To be called once, first. */
void workers_begin(void)
{
    for (size_t i = WORKERS; i-- > 0;) {
        set_free(&workers[i]);
    }
}

/** @return workers that are free */
unsigned workers_free(void)
{
    return free_count;
}

/** @return a worker's number, 0 to WORKERS - 1 */
unsigned worker_number(const struct worker *worker)
{
    return (unsigned)(worker - workers);
}

/** Goes from the running worker back to the main loop. */
static void leave(void)
{
    worker_switch(&running->stack_pointer, main_stack);
}

/** Where a new worker begins. */
static void begin(void)
{
    running->body();
    set_free(running);
    leave();
}

/** Marks a stack that has never been used, so that its use can be seen. */
static void mark(uint64_t *stack)
{
    if (stack[0] == WORKER_MARK) {
        return;
    }
    for (size_t i = 0; i < STACK_WORDS; i++) {
        stack[i] = WORKER_MARK;
    }
}

/**
 * Gives a worker something to do. It is ready then: workers_run() lets it run.
 *
 * @param body  what it does
 * @return the worker; NULL when none is free
 */
struct worker *worker_start(worker_body body)
{
    struct worker *worker = free_workers;
    uint64_t *stack;
    struct left_stack *left;

    if (worker == NULL) {
        return NULL;
    }
    free_workers = worker->next;
    free_count--;
    stack = stacks[worker_number(worker)];
    mark(stack);
    left = (struct left_stack *)(stack + STACK_WORDS) - 1;
    *left = (struct left_stack){.back = begin};
    *worker = (struct worker){.stack_pointer = left, .body = body};
    queue_add(&ready_workers, worker);
    return worker;
}

/** Ends the server when a worker's stack was too small: what it has overwritten is not known. */
static void check_stack(const struct worker *worker)
{
    if (stacks[worker_number(worker)][0] != WORKER_MARK) {
        print("[vfs] worker %lu has used more than its stack of %u bytes\n",
              (unsigned long)worker_number(worker), WORKER_STACK_SIZE);
        task_exit(-1);
    }
}

/** Lets workers run until none is ready. Called by the main loop. */
void workers_run(void)
{
    struct worker *worker;

    while ((worker = queue_take(&ready_workers)) != NULL) {
        running = worker;
        worker_switch(&main_stack, worker->stack_pointer);
        running = NULL;
        check_stack(worker);
    }
}

/** @return the worker that runs; NULL in the main loop */
struct worker *worker_running(void)
{
    return running;
}

static void sleep_in(struct wait_queue *queue, bool is_sure)
{
    running->queue = queue;
    running->is_sure = is_sure;
    queue_add(queue, running);
    leave();
}

/** Sleeps until woken or cancelled: see worker.h. */
bool worker_sleep(struct wait_queue *queue)
{
    bool was_woken;

    if (running->is_cancelled) {
        return false;
    }
    sleep_in(queue, false);
    was_woken = running->queue == NULL;
    running->queue = NULL;
    return was_woken;
}

/** Sleeps until woken: see worker.h. */
void worker_sleep_surely(struct wait_queue *queue)
{
    sleep_in(queue, true);
}

/** Wakes the first one of a queue: see worker.h. */
void worker_wake_first(struct wait_queue *queue)
{
    struct worker *worker = queue_take(queue);

    if (worker != NULL) {
        worker->queue = NULL;
        queue_add(&ready_workers, worker);
    }
}

/** Wakes all of a queue: see worker.h. */
void worker_wake_all(struct wait_queue *queue)
{
    while (queue->first != NULL) {
        worker_wake_first(queue);
    }
}

/**
 * Says that nobody wants what a worker does any more: it wakes if it may, and its sleeps give false
 * from now on. One that was woken already, and has not run since, keeps that.
 *
 * @param worker  not free
 */
void worker_cancel(struct worker *worker)
{
    bool sleeps = worker->queue != NULL && !worker->is_sure && !worker->is_cancelled;

    worker->is_cancelled = true;
    if (sleeps) {
        queue_remove(worker->queue, worker); /* its `queue` stays: that is how it knows */
        queue_add(&ready_workers, worker);
    }
}

/** @return bytes of the stack that has been used most */
size_t workers_deepest(void)
{
    size_t least = STACK_WORDS, at;

    for (size_t i = 0; i < WORKERS; i++) {
        for (at = 0; at < STACK_WORDS && stacks[i][at] == WORKER_MARK; at++) {
        }
        if (stacks[i][0] == WORKER_MARK && at < least) {
            least = at;
        }
    }
    return (STACK_WORDS - least) * sizeof(uint64_t);
}
