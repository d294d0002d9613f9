/**
 * @file
 * Threads: states, queues, and who runs.
 */
#include "harness.h"
#include "host/cpu.h"
#include "ipc/endpoint.h"
#include "ipc/message.h"
#include "suites/check.h"
#include "task/sched.h"

static struct thread *kernel_thread(int number)
{
    return model_memory(number);
}

static int number_of(const struct thread *thread)
{
    for (int i = 0; i < model.object_count; i++) {
        if (model_is_thread(i) && kernel_thread(i) == thread) {
            return i;
        }
    }
    return MODEL_NOBODY;
}

/** A queue's links lead both ways, and who waits for longest stands first. @return its length */
static size_t check_queue(const struct thread_queue *queue)
{
    const struct thread *previous = NULL;
    size_t count = 0;

    for (const struct thread *thread = queue->first; thread != NULL; thread = thread->next) {
        int number = number_of(thread);

        EXPECT(number != MODEL_NOBODY, "somebody is in a queue who is gone");
        EXPECT(thread->queue == queue && thread->previous == previous,
               "the links of thread %d are broken", number);
        EXPECT(previous == NULL ||
                   model_thread(number_of(previous))->since < model_thread(number)->since,
               "thread %d has come before the one in front of it", number);
        previous = thread;
        count++;
        EXPECT(count <= MODEL_OBJECTS, "a queue goes round");
    }
    EXPECT(queue->last == previous, "a queue's last one is not the end");
    return count;
}

static unsigned place_of(const struct thread *thread)
{
    return (unsigned)(thread->queue - sched.ready);
}

/** A thread that is ready stands at the level that it has, or had when it lined up. */
static void check_place(int number)
{
    struct model_thread *thread = model_thread(number);
    const struct thread *kernel = kernel_thread(number);

    EXPECT(kernel->queue >= sched.ready && place_of(kernel) < PRIORITY_LEVELS,
           "thread %d is ready, and not in a ready queue", number);
    EXPECT(sched.ready_levels >> place_of(kernel) & 1, "level %u: thread %d is forgotten",
           place_of(kernel), number);
    EXPECT(place_of(kernel) >= model_level(number),
           "thread %d: somebody of level %u waits for it; it is ready at level %u", number,
           model_level(number), place_of(kernel));
    thread->place = place_of(kernel);
}

/** The queue in which a thread has to be. */
static const struct thread_queue *queue_for(int number)
{
    const struct model_thread *thread = model_thread(number);

    switch (thread->state) {
    case THREAD_SENDING:
    case THREAD_CALLING:
        return &((struct endpoint *)model_memory(thread->at))->senders;
    case THREAD_RECEIVING:
        return &((struct endpoint *)model_memory(thread->at))->receivers;
    case THREAD_WAITING:
        return &((struct notification *)model_memory(thread->at))->waiters;
    default:
        return NULL;
    }
}

static void check_thread(int number)
{
    const struct model_thread *expected = model_thread(number);
    const struct thread *thread = kernel_thread(number);

    expect_equal(thread->state, expected->state, "state of thread %d", number);
    if (number == model.current) {
        expect_equal(thread->quantum, expected->quantum, "quantum of thread %d", number);
    }
    expect_equal(thread->level, expected->level, "own level of thread %d", number);
    expect_equal(thread->deadline, expected->deadline, "deadline of thread %d", number);
    EXPECT(thread->reply == expected->reply, "thread %d: another slot may answer it", number);
    EXPECT(thread->reply == NULL ||
               (thread->reply->allows == SLOT_REPLY && thread->reply->caller == thread),
           "thread %d: the slot that may answer it does not", number);
    EXPECT(thread->bound == (expected->bound == MODEL_NOBODY ? &notification_none
                                                             : model_memory(expected->bound)),
           "thread %d is bound to another notification", number);
    if (expected->state == THREAD_READY) {
        check_place(number);
    } else {
        EXPECT(thread->queue == queue_for(number), "thread %d is in the wrong queue", number);
    }
    if (expected->has_result && (expected->state == THREAD_READY || number == model.current)) {
        expect_equal(thread->context.rax, expected->result, "what the wait of thread %d gave",
                     number);
    }
    EXPECT((thread->slots != NULL) ==
               (model_part(number, offsetof(struct thread, cspace)) != MODEL_NOBODY),
           "thread %d: its capability space", number);
    EXPECT((thread->buffer != NULL) ==
               (model_part(number, offsetof(struct thread, frame)) != MODEL_NOBODY),
           "thread %d: its buffer", number);
}

static void check_queues(void)
{
    size_t found = 0, expected = 0;

    for (unsigned i = 0; i < PRIORITY_LEVELS; i++) {
        found += check_queue(&sched.ready[i]);
    }
    for (int i = 0; i < model.object_count; i++) {
        const struct model_object *object = &model.objects[i];

        if (object->is_alive && object->kind == OBJECT_ENDPOINT) {
            const struct endpoint *endpoint = model_memory(i);

            found += check_queue(&endpoint->senders);
            found += check_queue(&endpoint->receivers);
            EXPECT(endpoint->senders.first == NULL || endpoint->receivers.first == NULL,
                   "both queues of endpoint %d have somebody in them", i);
        } else if (object->is_alive && object->kind == OBJECT_NOTIFICATION) {
            found += check_queue(&((struct notification *)model_memory(i))->waiters);
        }
    }
    for (int i = 0; i < model.object_count; i++) {
        expected +=
            model_is_thread(i) && model_thread(i)->state != THREAD_STOPPED &&
            model_thread(i)->state != THREAD_RUNNING && model_thread(i)->state != THREAD_SLEEPING &&
            model_thread(i)->state != THREAD_ENDED && model_thread(i)->state != THREAD_ANSWERING;
    }
    expect_equal(found, expected, "threads in all queues");
}

/** The list of timeouts: in order, and with all who have one. */
static void check_timeouts(void)
{
    size_t found = 0, expected = 0;

    for (const struct thread *thread = timeout_first; thread != NULL;
         thread = thread->next_deadline) {
        const struct thread *next = thread->next_deadline;

        EXPECT(number_of(thread) != MODEL_NOBODY, "a timeout runs for somebody who is gone");
        EXPECT(next == NULL || thread->deadline <= next->deadline,
               "thread %d stands at the wrong place in the list of timeouts", number_of(thread));
        EXPECT(++found <= MODEL_OBJECTS, "the list of timeouts goes round");
    }
    for (int i = 0; i < model.object_count; i++) {
        expected += model_is_thread(i) && model_thread(i)->deadline != 0;
    }
    expect_equal(found, expected, "threads with a timeout");
}

/** Compares all threads with the model. */
void check_threads(void)
{
    expect_equal(sched.ticks, model.ticks, "ticks");
    for (int i = 0; i < model.object_count; i++) {
        if (model_is_thread(i)) {
            check_thread(i);
        }
    }
    check_queues();
    check_timeouts();
    expect_equal(host_cpu.cr3, sched.current->root, "the loaded address space");
}

/** @return the highest level at which a thread that runs now may have been ready */
static unsigned level_when_chosen(int number)
{
    unsigned level = sched_level(kernel_thread(number)), place = model_thread(number)->place;

    if (number == model.relieved) {
        return PRIORITY_LEVELS - 1; /* it has been woken and relieved in the same step */
    }
    return place > level ? place : level;
}

/** The kernel has gone on with another thread: it was that one's turn. */
static void check_switch(int old, int next)
{
    const struct model_thread *to = model_thread(next);
    unsigned from = level_when_chosen(next);

    expect_equal(to->state, THREAD_READY, "state of thread %d, which runs now", next);
    model.granted = from;
    for (int i = 0; i < model.object_count; i++) {
        if (model_is_thread(i) && model_thread(i)->state == THREAD_READY && i != next && i != old &&
            kernel_thread(i)->queue >= sched.ready) {
            unsigned place = place_of(kernel_thread(i));

            EXPECT(place <= from, "thread %d of level %u runs, thread %d of level %u has to wait",
                   next, from, i, place);
            EXPECT(place != from || model_thread(i)->since > to->since,
                   "thread %d runs, but thread %d of its level has been ready for longer", next, i);
        }
    }
}

/** Nobody who is ready is more important than who runs; or was, when it was chosen (who waited for
 * it may have given up since it lined up: so until the next tick it may be thought too much of). */
static void check_runs(void)
{
    unsigned own = sched_level(sched.current);

    for (unsigned level = (own > model.granted ? own : model.granted) + 1; level < PRIORITY_LEVELS;
         level++) {
        EXPECT(sched.ready[level].first == NULL || sched.current == sched.idle,
               "thread %d of level %u runs; thread %d is ready at level %u",
               number_of(sched.current), sched_level(sched.current),
               number_of(sched.ready[level].first), level);
    }
    EXPECT(sched.current != sched.idle || sched.ready[0].first == NULL, "somebody could run");
}

/**
 * Learns what the model does not say: in which order threads have become ready in one step, or have
 * lined up at another level.
 *
 * @param since  the model's `back` before the step
 */
void check_learn_order(int64_t since)
{
    for (unsigned level = 0; level < PRIORITY_LEVELS; level++) {
        for (const struct thread *at = sched.ready[level].first; at != NULL; at = at->next) {
            int number = number_of(at);
            struct model_thread *thread;

            EXPECT(number != MODEL_NOBODY, "somebody is ready who is gone");
            thread = model_thread(number);
            if (thread->state == THREAD_READY &&
                (thread->since > since || thread->place != level)) {
                thread->since = ++model.back;
            }
        }
    }
}

/** Lets the model go on with the thread that the kernel has chosen, if it may have. */
void check_settle(void)
{
    int old = model.current;
    bool picks =
        old == MODEL_NOBODY || !model_is_thread(old) || model_thread(old)->state != THREAD_RUNNING;
    int next = sched.current == sched.idle ? MODEL_NOBODY : number_of(sched.current);

    EXPECT(sched.current == sched.idle || next != MODEL_NOBODY, "a thread runs that is gone");
    if (old == next && old != MODEL_NOBODY && model_thread(old)->state == THREAD_READY) {
        model_thread(old)->state = THREAD_RUNNING;
    }
    if (old != next) {
        if (old != MODEL_NOBODY && model_is_thread(old) &&
            model_thread(old)->state == THREAD_RUNNING) {
            expect_equal(kernel_thread(old)->state, THREAD_READY, "state of thread %d", old);
            EXPECT(next != MODEL_NOBODY && level_when_chosen(next) > place_of(kernel_thread(old)),
                   "thread %d has to go for one that is not more important", old);
            model_thread(old)->state = THREAD_READY;
            model_thread(old)->since = --model.front;
        }
        if (next != MODEL_NOBODY) {
            check_switch(old, next);
            model_thread(next)->state = THREAD_RUNNING;
        }
        model.current = next;
        picks = true;
    }
    if (picks && next != MODEL_NOBODY && model_thread(next)->quantum == 0) {
        model_thread(next)->quantum = SCHED_QUANTUM;
    }
    check_runs();
}
