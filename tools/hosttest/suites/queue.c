/**
 * @file
 * Suite "queue": threads in two queues. The model is an array for each.
 */
#include "task/sched.h"

#include <string.h>

#include "harness.h"
#include "suites/suites.h"

#define QUEUES 2
#define THREADS 12

/** A queue in the model. */
struct model_queue {
    struct thread *threads[THREADS];
    size_t count;
};

static struct thread_queue queues[QUEUES];
static struct thread threads[THREADS];
static struct model_queue model_queues[QUEUES];

/** Where a thread stands. @return whether it is in a queue */
static bool find(const struct thread *thread, int *queue, size_t *place)
{
    for (*queue = 0; *queue < QUEUES; (*queue)++) {
        for (*place = 0; *place < model_queues[*queue].count; (*place)++) {
            if (model_queues[*queue].threads[*place] == thread) {
                return true;
            }
        }
    }
    return false;
}

static void insert(struct model_queue *queue, struct thread *thread, size_t place)
{
    struct thread **at = &queue->threads[place];

    memmove(at + 1, at, (queue->count - place) * sizeof(*at));
    *at = thread;
    queue->count++;
}

static void delete (struct model_queue *queue, size_t place)
{
    struct thread **at = &queue->threads[place];

    queue->count--;
    memmove(at, at + 1, (queue->count - place) * sizeof(*at));
}

static void compare_queue(const struct thread_queue *queue, const struct model_queue *expected)
{
    size_t count = expected->count;

    EXPECT(queue->first == (count > 0 ? expected->threads[0] : NULL), "first is wrong");
    EXPECT(queue->last == (count > 0 ? expected->threads[count - 1] : NULL), "last is wrong");
    for (size_t i = 0; i < count; i++) {
        const struct thread *thread = expected->threads[i];

        EXPECT(thread->queue == queue, "place %zu: queue is wrong", i);
        EXPECT(thread->next == (i + 1 < count ? expected->threads[i + 1] : NULL),
               "place %zu: next is wrong", i);
        EXPECT(thread->previous == (i > 0 ? expected->threads[i - 1] : NULL),
               "place %zu: previous is wrong", i);
    }
}

static void compare(void)
{
    int queue;
    size_t place;

    for (int i = 0; i < QUEUES; i++) {
        compare_queue(&queues[i], &model_queues[i]);
    }
    for (size_t i = 0; i < THREADS; i++) {
        const struct thread *thread = &threads[i];

        EXPECT(find(thread, &queue, &place) ||
                   (thread->queue == NULL && thread->next == NULL && thread->previous == NULL),
               "thread %zu is in no queue, but has links", i);
    }
}

static void put_in(struct thread *thread)
{
    int queue = (int)random_below(QUEUES);
    size_t count = model_queues[queue].count;
    size_t place = random_below(count + 1);

    step_begin("thread %ld goes into queue %d at %zu of %zu", thread - threads, queue, place,
               count);
    if (place == count) {
        queue_append(&queues[queue], thread);
    } else {
        queue_insert_before(&queues[queue], thread, model_queues[queue].threads[place]);
    }
    insert(&model_queues[queue], thread, place);
}

/** Runs the suite. */
void queue_run(unsigned steps)
{
    while (steps-- > 0) {
        struct thread *thread = &threads[random_below(THREADS)];
        int queue;
        size_t place;

        if (!find(thread, &queue, &place) && random_chance(90)) {
            put_in(thread);
        } else {
            step_begin("thread %ld leaves its queue, if it has one", thread - threads);
            queue_remove(thread);
            if (find(thread, &queue, &place)) {
                delete (&model_queues[queue], place);
            }
        }
        compare();
    }
}
