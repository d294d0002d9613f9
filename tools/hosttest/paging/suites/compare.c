/**
 * @file
 * Compares all that the kernel knows of threads and objects with the model, and its own links and
 * counters with each other.
 */
#include "suites/compare.h"

#include <string.h>

#include "harness.h"
#include "ipc/message.h"
#include "task/sched.h"

static struct endpoint *first_endpoint;
static struct notification *first_notification;
extern struct thread *timeout_first; /* ipc/timeout.c */

/** Learns where the kernel has its objects, while none is in use. */
void compare_start(void)
{
    first_endpoint = object_claim_endpoint();
    first_notification = object_claim_notification();
}

/** @return an endpoint of the kernel's */
struct endpoint *kernel_endpoint(int number)
{
    return first_endpoint + number;
}

/** @return a notification of the kernel's */
struct notification *kernel_notification(int number)
{
    return first_notification + number;
}

static int number_of(const struct thread *thread)
{
    return (int)(thread - threads);
}

/** A queue's links lead both ways through threads that wait there, first come first. */
static size_t check_queue(const struct thread_queue *queue, const char *what, int object,
                          const enum thread_state states[2])
{
    const struct thread *previous = NULL;
    size_t count = 0;

    for (const struct thread *thread = queue->first; thread != NULL; thread = thread->next) {
        const struct model_thread *expected = &model.threads[number_of(thread)];

        EXPECT(thread->queue == queue, "thread %d in %s of %d: its queue is another one",
               number_of(thread), what, object);
        EXPECT(thread->previous == previous, "thread %d in %s of %d: its way back is broken",
               number_of(thread), what, object);
        EXPECT(expected->state == states[0] || expected->state == states[1],
               "thread %d is in %s of %d; expected its state to be %d", number_of(thread), what,
               object, expected->state);
        EXPECT(object == MODEL_NOBODY || expected->object == object,
               "thread %d is in %s of %d; expected at %d", number_of(thread), what, object,
               expected->object);
        EXPECT(previous == NULL || states[0] == THREAD_SLEEPING ||
                   model.threads[number_of(previous)].since < expected->since,
               "thread %d in %s of %d: has come before the one in front of it", number_of(thread),
               what, object);
        previous = thread;
        count++;
        EXPECT(count <= THREAD_LIMIT, "%s of %d goes round", what, object);
    }
    EXPECT(queue->last == previous, "%s of %d: the last one is not the end", what, object);
    return count;
}

/** How many slots of the model name an object, with one of these rights. */
static unsigned count_slots(enum model_kind kind, int object, uint64_t rights)
{
    unsigned count = 0;

    for (int i = 1; i < (int)THREAD_LIMIT; i++) {
        for (int j = 0; model.threads[i].state != THREAD_UNUSED && j < SLOT_LIMIT; j++) {
            const struct model_slot *slot = &model.threads[i].slots[j];

            count += slot->kind == kind && slot->object == object && (slot->rights & rights) != 0;
        }
    }
    return count;
}

static size_t compare_endpoint(int number)
{
    static const enum thread_state receives[2] = {THREAD_RECEIVING, THREAD_RECEIVING};
    static const enum thread_state sends[2] = {THREAD_SENDING, THREAD_CALLING};
    const struct endpoint *endpoint = kernel_endpoint(number);

    expect_equal(endpoint->slots, count_slots(MODEL_ENDPOINT, number, UINT64_MAX),
                 "slots of endpoint %d", number);
    expect_equal(endpoint->receive_slots, count_slots(MODEL_ENDPOINT, number, RIGHT_RECEIVE),
                 "receive_slots of endpoint %d", number);
    EXPECT(endpoint->receivers.first == NULL || endpoint->senders.first == NULL,
           "both queues of endpoint %d have somebody in them", number);
    return check_queue(&endpoint->receivers, "receivers", number, receives) +
           check_queue(&endpoint->senders, "senders", number, sends);
}

static size_t compare_notification(int number)
{
    static const enum thread_state waits[2] = {THREAD_WAITING, THREAD_WAITING};
    const struct notification *notification = kernel_notification(number);

    expect_equal(notification->slots, count_slots(MODEL_NOTIFICATION, number, UINT64_MAX),
                 "slots of notification %d", number);
    expect_equal(notification->bits, model.bits[number], "bits of notification %d", number);
    EXPECT(notification->bits == 0 || notification->waiters.first == NULL,
           "notification %d has bits, and somebody waits for them", number);
    if (notification->bound != NULL) {
        expect_equal((uint64_t)model.threads[number_of(notification->bound)].bound,
                     (uint64_t)number, "what thread %d is bound to",
                     number_of(notification->bound));
    }
    return check_queue(&notification->waiters, "waiters", number, waits);
}

/** The objects that have been used so far lie at the beginning of the pools. */
static int objects_used(void)
{
    int most = 0;

    for (int i = 1; i < (int)THREAD_LIMIT; i++) {
        for (int j = 0; model.threads[i].state != THREAD_UNUSED && j < SLOT_LIMIT; j++) {
            const struct model_slot *slot = &model.threads[i].slots[j];

            if (slot->kind != MODEL_CALLER && slot->object >= most) {
                most = slot->object + 1;
            }
        }
    }
    return most;
}

static size_t compare_objects(void)
{
    static int most;
    int used = objects_used();
    size_t waiting = 0;

    most = used > most ? used : most;
    for (int i = 0; i < most; i++) {
        waiting += compare_endpoint(i) + compare_notification(i);
    }
    return waiting;
}

/** Everybody who waits in a queue has been met in one, and nobody else says to be in any. */
static void compare_queues(void)
{
    static const enum thread_state ready[2] = {THREAD_READY, THREAD_READY};
    static const enum thread_state sleeps[2] = {THREAD_SLEEPING, THREAD_SLEEPING};
    size_t found = compare_objects();
    size_t expected = 0;

    found += check_queue(&sched.ready, "ready", MODEL_NOBODY, ready);
    found += check_queue(&sched.sleepers, "sleepers", MODEL_NOBODY, sleeps);
    for (int i = 1; i < (int)THREAD_LIMIT; i++) {
        enum thread_state state = model.threads[i].state;
        bool is_queued = state == THREAD_READY || state == THREAD_SLEEPING ||
                         state == THREAD_SENDING || state == THREAD_CALLING ||
                         state == THREAD_RECEIVING || state == THREAD_WAITING;

        expected += is_queued;
        EXPECT(is_queued || threads[i].queue == NULL, "thread %d is in a queue; its state is %d", i,
               state);
    }
    expect_equal(found, expected, "threads in all queues");
}

/** The list of timeouts: in order, and with all who have one. */
static void compare_timeouts(void)
{
    const struct model_thread *previous = NULL;
    size_t found = 0, expected = 0;

    for (const struct thread *thread = timeout_first; thread != NULL;
         thread = thread->next_deadline) {
        const struct model_thread *at = &model.threads[number_of(thread)];

        expect_equal(thread->deadline, at->deadline, "deadline of thread %d", number_of(thread));
        EXPECT(previous == NULL || previous->deadline < at->deadline ||
                   (previous->deadline == at->deadline &&
                    previous->deadline_since < at->deadline_since),
               "thread %d stands at the wrong place in the list of timeouts", number_of(thread));
        previous = at;
        EXPECT(++found <= THREAD_LIMIT, "the list of timeouts goes round");
    }
    for (int i = 1; i < (int)THREAD_LIMIT; i++) {
        bool is_alive = model.threads[i].state != THREAD_UNUSED;

        expected += is_alive && model.threads[i].deadline != 0;
        EXPECT(!is_alive || (threads[i].deadline != 0) == (model.threads[i].deadline != 0),
               "deadline of thread %d: expected %lu, found %lu", i, model.threads[i].deadline,
               threads[i].deadline);
    }
    expect_equal(found, expected, "threads with a timeout");
}

static uint64_t allowed_by(const struct model_slot *slot)
{
    switch (slot->kind) {
    case MODEL_ENDPOINT:
        return slot->rights;
    case MODEL_NOTIFICATION:
        return slot->rights << SLOT_NOTIFICATION_SHIFT;
    default:
        return slot->kind == MODEL_CALLER ? SLOT_REPLY : SLOT_EMPTY;
    }
}

static void compare_slot(int thread, int number)
{
    const struct slot *slot = &threads[thread].slots[number];
    const struct model_slot *expected = &model.threads[thread].slots[number];
    bool is_same = true;

    expect_equal(slot->allows, allowed_by(expected), "slot %d of thread %d: allows", number,
                 thread);
    expect_equal(slot->badge, expected->badge, "slot %d of thread %d: badge", number, thread);
    switch (expected->kind) {
    case MODEL_ENDPOINT:
        is_same = slot->endpoint == kernel_endpoint(expected->object);
        break;
    case MODEL_NOTIFICATION:
        is_same = slot->notification == kernel_notification(expected->object);
        break;
    case MODEL_CALLER:
        is_same = slot->caller == &threads[expected->object] && slot->caller->reply == slot;
        break;
    default:
        break;
    }
    EXPECT(is_same, "slot %d of thread %d: names something else than %d", number, thread,
           expected->object);
}

static void compare_registers(int number, const struct context *found,
                              const struct model_registers *expected)
{
    const uint64_t words[] = {found->r8,  found->r9,  found->r10, found->r12,
                              found->r13, found->r14, found->r15, found->rbx};

    expect_equal(found->rax, expected->rax, "RAX of thread %d", number);
    expect_equal(found->rdx, expected->rdx, "RDX of thread %d", number);
    expect_equal(found->rdi, expected->rdi, "RDI of thread %d", number);
    expect_equal(found->rsi, expected->rsi, "RSI of thread %d", number);
    for (int i = 0; i < MESSAGE_REGISTER_WORDS; i++) {
        expect_equal(words[i], expected->words[i], "word %d of thread %d", i, number);
    }
}

static void compare_memory(int number)
{
    const struct model_thread *expected = &model.threads[number];

    if (memcmp(threads[number].buffer, expected->buffer, sizeof(expected->buffer)) == 0) {
        return;
    }
    for (int i = 0; i < MESSAGE_WORDS_MAX; i++) {
        expect_equal(threads[number].buffer[i], expected->buffer[i],
                     "word %d of the IPC buffer of thread %d", i, number);
    }
}

static void compare_thread(int number)
{
    const struct thread *thread = &threads[number];
    const struct model_thread *expected = &model.threads[number];

    expect_equal(thread->id.number, expected->id, "the name of thread %d", number);
    if (expected->state == THREAD_ENDED) {
        expect_equal((uint64_t)thread->exit_status, (uint64_t)expected->exit_status,
                     "exit status of thread %d", number);
        return;
    }
    expect_equal(thread->is_faulting, expected->is_faulting, "is_faulting of thread %d", number);
    expect_equal(thread->reply != NULL, expected->state == THREAD_ANSWERING,
                 "whether thread %d has a reply", number);
    EXPECT(thread->reply == NULL || thread->reply->caller == thread,
           "the slot that may answer thread %d names another one", number);
    EXPECT(thread->bound == (expected->bound == MODEL_NOBODY
                                 ? &notification_none
                                 : kernel_notification(expected->bound)),
           "thread %d is not bound to notification %d", number, expected->bound);
    compare_registers(number, &thread->context, &expected->registers);
    if (expected->is_faulting) {
        compare_registers(number, &thread->fault, &expected->fault);
    }
    for (int i = 0; i < SLOT_LIMIT; i++) {
        compare_slot(number, i);
    }
    compare_memory(number);
}

/** Fails where the kernel is not as the model is. */
void compare_all(void)
{
    expect_equal(sched.ticks, model.ticks, "ticks");
    expect_equal((uint64_t)number_of(sched.current), (uint64_t)model.current, "the current thread");
    expect_equal(sched.current->quantum, model_current()->quantum, "its quantum");
    for (int i = 1; i < (int)THREAD_LIMIT; i++) {
        expect_equal(threads[i].state, model.threads[i].state, "state of thread %d", i);
        if (model.threads[i].state != THREAD_UNUSED) {
            compare_thread(i);
        }
    }
    compare_queues();
    compare_timeouts();
}
