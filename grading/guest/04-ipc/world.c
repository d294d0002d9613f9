/**
 * @file
 * Threads, endpoints and notifications in random states. See world.h.
 */
#include "world.h"

#include "guest.h"
#include "lib/string.h"

#define BUFFER_WORDS 512u

struct thread guest_threads[GUEST_THREADS];
struct endpoint guest_endpoints[2];
struct notification guest_notifications[2];
struct guest_ipc_round guest_ipc_rounds[GUEST_ROUNDS];

extern struct thread *timeout_first; /* ipc/timeout.c */

static uint64_t buffers[GUEST_THREADS][BUFFER_WORDS];
static unsigned order[GUEST_THREADS]; /* of guest_idle_thread() */
static unsigned given;

bool guest_one_in(uint64_t cases)
{
    return guest_random_below(cases) == 0;
}

/** The numbers of all threads but thread 0, in random order. */
static void shuffle(void)
{
    for (unsigned i = 1; i < GUEST_THREADS; i++) {
        unsigned other = 1 + (unsigned)guest_random_below(i);

        order[i] = order[other];
        order[other] = i;
    }
    given = 1;
}

/** A message call's registers, all of them random but for the flags of the info word. */
static void fill_context(struct context *context)
{
    uint64_t *words = (uint64_t *)context;

    for (size_t i = 0; i < sizeof(*context) / sizeof(*words); i++) {
        words[i] = guest_random();
    }
    context->rsi = guest_random() << MESSAGE_LABEL_SHIFT | guest_random_below(9);
}

void guest_world_begin(void)
{
    memset(guest_threads, 0, sizeof(guest_threads));
    memset(guest_endpoints, 0, sizeof(guest_endpoints));
    memset(guest_notifications, 0, sizeof(guest_notifications));
    memset(&sched.ready, 0, sizeof(sched.ready));
    timeout_first = NULL;
    sched.ticks = guest_random_below(1000);
    sched.current = &guest_threads[0];
    for (unsigned i = 0; i < GUEST_THREADS; i++) {
        fill_context(&guest_threads[i].context);
        guest_threads[i].state = THREAD_JOINING;
        guest_threads[i].bound = &notification_none;
        guest_threads[i].buffer = buffers[i];
        guest_threads[i].badge = guest_random(); /* of its last wait */
    }
    guest_threads[0].state = THREAD_RUNNING;
    for (unsigned i = 0; i < 2; i++) {
        guest_endpoints[i].slots = guest_endpoints[i].receive_slots =
            1 + (unsigned)guest_random_below(3);
        guest_notifications[i].slots = 1;
    }
    shuffle();
}

struct thread *guest_idle_thread(void)
{
    return given < GUEST_THREADS ? &guest_threads[order[given++]] : NULL;
}

void guest_put_ready(struct thread *thread)
{
    thread->state = THREAD_READY;
    queue_append(&sched.ready, thread);
}

void guest_put_waiting(struct thread *thread, enum thread_state state, struct thread_queue *queue)
{
    thread->state = state;
    queue_append(queue, thread);
}

void guest_put_answering(struct thread *thread, struct slot *slot)
{
    thread->state = THREAD_ANSWERING;
    thread->reply = slot;
    slot->allows = SLOT_REPLY;
    slot->caller = thread;
}

void guest_put_deadline(struct thread *thread, uint64_t deadline)
{
    struct thread **place = &timeout_first;

    while (*place != NULL && (*place)->deadline <= deadline) {
        place = &(*place)->next_deadline;
    }
    thread->deadline = deadline;
    thread->next_deadline = *place;
    *place = thread;
}

void guest_maybe_deadline(struct thread *thread)
{
    if (guest_one_in(2)) {
        guest_put_deadline(thread, sched.ticks + 1 + guest_random_below(6));
    }
}

/** Lets a thread wait for something that the test has nothing to do with. */
static void put_bystander(struct thread *thread, unsigned server)
{
    switch (guest_random_below(4)) {
    case 0:
        guest_put_ready(thread);
        return;
    case 1:
        guest_put_waiting(thread, THREAD_RECEIVING, &guest_endpoints[1].receivers);
        break;
    case 2:
        guest_put_waiting(thread, THREAD_WAITING, &guest_notifications[1].waiters);
        break;
    default:
        guest_put_answering(thread, &guest_threads[server].slots[1]);
    }
    guest_maybe_deadline(thread);
}

void guest_put_bystanders(unsigned most)
{
    for (unsigned i = 0; i < most; i++) {
        struct thread *thread = guest_idle_thread();

        if (thread != NULL) {
            put_bystander(thread, i + 1); /* each may be another one's caller, of its own slot */
        }
    }
}

uint64_t guest_random_timeout(void)
{
    switch (guest_random_below(6)) {
    case 0:
        return TIMEOUT_INFINITE;
    case 1:
        return TIMEOUT_INFINITE - 1 - guest_random_below(2000);
    case 2:
        return guest_random() >> guest_random_below(32);
    default:
        return 1 + guest_random_below(6);
    }
}

/* --- writing down --- */

static void save_thread(struct guest_ipc_thread *to, const struct thread *from)
{
    to->context = from->context;
    to->state = from->state;
    to->deadline = from->deadline;
    to->next_deadline = from->next_deadline;
    to->queue = from->queue;
    to->next = from->next;
    to->previous = from->previous;
    to->reply = from->reply;
    to->bound = from->bound;
    to->badge = from->badge;
    memcpy(to->slots, from->slots, sizeof(to->slots));
}

static void save(struct guest_world *world)
{
    for (unsigned i = 0; i < GUEST_THREADS; i++) {
        save_thread(&world->threads[i], &guest_threads[i]);
    }
    memcpy(world->endpoints, guest_endpoints, sizeof(guest_endpoints));
    memcpy(world->notifications, guest_notifications, sizeof(guest_notifications));
    world->ready = sched.ready;
    world->timeout_first = timeout_first;
    world->ticks = sched.ticks;
}

struct guest_ipc_round *guest_round_begin(unsigned number, const struct thread *thread)
{
    struct guest_ipc_round *round = &guest_ipc_rounds[number];

    round->thread = (uint64_t)(thread - guest_threads);
    save(&round->before);
    round->begun = true;
    return round;
}

void guest_round_end(struct guest_ipc_round *round, enum error result)
{
    save(&round->after);
    round->result = result;
    round->finished = true;
}
