/**
 * @file
 * A root task that makes threads of all levels and notes the order in which they get on: scenes in
 * which a less important thread could keep a more important one waiting, and what is left of turns.
 * What comes of it is an order of events, not a time.
 */
#include "abi/fault.h"
#include "ipc.h"
#include "notification.h"
#include "root_parts.h"

#define EVENTS_MAX 64u
#define LOW 2u /* levels */
#define FRONT 3u
#define MIDDLE 10u
#define HIGH 20u
#define DIRECTOR 30u

#define SHORT_WORK \
    200000u /* rounds: some 20 milliseconds; the middle's is longer than all others' */
#define LONG_WORK 2000000u
#define WHILE 4ul   /* milliseconds in which whoever is started comes to its work */
#define SCENE 600ul /* milliseconds that a scene takes at most */
#define TURNS 300ul /* milliseconds */
#define PAGED 0x0000500000000000u

/** What can happen; the judge has the same list. */
enum event {
    EVENT_SCENE = 1,
    EVENT_SERVER_LOW, /* the server begins with the request of the low one */
    EVENT_SERVER_HIGH,
    EVENT_FRONT,
    EVENT_PAGER,
    EVENT_LOW_DONE,
    EVENT_MIDDLE_DONE,
    EVENT_HIGH_DONE,
    EVENT_BEFORE,
    EVENT_WOKEN,
    EVENT_AFTER
};

static volatile uint64_t events[EVENTS_MAX];
static volatile uint64_t event_count;
static volatile uint64_t turns[3];
static slot endpoint, front_endpoint, signals;
static slot high_cspace, page, pager_endpoint;
static struct root_thread woken;

static void happens(enum event event)
{
    if (event_count < EVENTS_MAX) {
        events[event_count++] = event;
    }
}

static void work(uint64_t rounds)
{
    for (volatile uint64_t i = 0; i < rounds; i++) {
    }
}

/** Calls, with what it is as label. @return when it has been answered */
static void ask(slot to, enum event who)
{
    struct message message = {.info = info_make(who, 0)};

    set_up(ipc_call(to, &message, TIMEOUT_INFINITE));
}

/** Works for whoever calls: the label says which event that is. */
static void serve(uint64_t from)
{
    struct message message;

    set_up(ipc_recv((slot){from}, &message, TIMEOUT_INFINITE));
    for (;;) {
        happens((enum event)info_label(message.info));
        work(SHORT_WORK);
        ipc_reply_recv((slot){from}, &message, TIMEOUT_INFINITE);
    }
}

/** A server that needs another one for each request. */
static void serve_in_front(uint64_t from)
{
    struct message message;

    set_up(ipc_recv((slot){from}, &message, TIMEOUT_INFINITE));
    for (;;) {
        happens(EVENT_FRONT);
        ask(endpoint, EVENT_SERVER_HIGH);
        ipc_reply_recv((slot){from}, &message, TIMEOUT_INFINITE);
    }
}

/** Mends faults, after some work. */
static void serve_faults(uint64_t from)
{
    struct message message;

    set_up(ipc_recv((slot){from}, &message, TIMEOUT_INFINITE));
    happens(EVENT_PAGER);
    work(SHORT_WORK);
    set_up(frame_map(page, root_own_space, PAGED, MEMORY_READ | MEMORY_WRITE));
    message.info = info_make(0, 0);
    ipc_reply_recv((slot){from}, &message, TIMEOUT_INFINITE);
    root_thread_end();
}

static void low(uint64_t to)
{
    ask((slot){to}, EVENT_SERVER_LOW);
    happens(EVENT_LOW_DONE);
    root_thread_end();
}

static void middle(uint64_t argument)
{
    (void)argument;
    work(LONG_WORK);
    happens(EVENT_MIDDLE_DONE);
    root_thread_end();
}

static void high(uint64_t to)
{
    ask((slot){to}, EVENT_SERVER_HIGH);
    happens(EVENT_HIGH_DONE);
    root_thread_end();
}

static void high_faults(uint64_t address)
{
    *(volatile uint64_t *)address = 1;
    happens(EVENT_HIGH_DONE);
    root_thread_end();
}

/** The high one calls a server that works for the low one; the middle one computes. */
static void scene_queue(void)
{
    happens(EVENT_SCENE);
    endpoint = root_make(OBJECT_ENDPOINT, 0);
    root_thread(serve, endpoint.number, LOW);
    root_thread(low, endpoint.number, LOW);
    task_sleep(WHILE);
    root_thread(middle, 0, MIDDLE);
    root_thread(high, endpoint.number, HIGH);
    task_sleep(SCENE);
}

/** The server works for the high one already. */
static void scene_received(void)
{
    happens(EVENT_SCENE);
    root_thread(high, endpoint.number, HIGH);
    task_sleep(WHILE);
    root_thread(middle, 0, MIDDLE);
    task_sleep(SCENE);
}

/** The high one's server has to wait for another one, which works for the low one. */
static void scene_chain(void)
{
    happens(EVENT_SCENE);
    front_endpoint = root_make(OBJECT_ENDPOINT, 0);
    root_thread(serve_in_front, front_endpoint.number, FRONT);
    root_thread(low, endpoint.number, LOW);
    task_sleep(WHILE);
    root_thread(middle, 0, MIDDLE);
    root_thread(high, front_endpoint.number, HIGH);
    task_sleep(SCENE);
}

/** The high one waits for its fault handler. */
static void scene_fault(void)
{
    struct root_thread faulter;

    happens(EVENT_SCENE);
    pager_endpoint = root_make(OBJECT_ENDPOINT, 0);
    page = root_make(OBJECT_FRAME, 1);
    high_cspace = root_make(OBJECT_CNODE, 8);
    set_up(slot_copy(slot_in(high_cspace, SLOT_FAULTS), pager_endpoint, RIGHT_SEND, 0));
    root_thread(serve_faults, pager_endpoint.number, LOW);
    faulter = root_thread_make(high_cspace, root_own_space, HIGH);
    root_thread_run(faulter, high_faults, PAGED);
    task_sleep(WHILE);
    root_thread(middle, 0, MIDDLE);
    task_sleep(SCENE);
}

/** Waits for a signal, for a message, and to be resumed. */
static void wakes(uint64_t argument)
{
    struct message message;

    (void)argument;
    notification_wait(signals, TIMEOUT_INFINITE);
    happens(EVENT_WOKEN);
    ipc_recv(front_endpoint, &message, TIMEOUT_INFINITE);
    happens(EVENT_WOKEN);
    thread_stop(woken.thread);
    happens(EVENT_WOKEN);
    root_thread_end();
}

/** Wakes a more important thread in all these ways. */
static void wakes_others(uint64_t argument)
{
    struct message message = {.info = info_make(0, 0)};

    (void)argument;
    happens(EVENT_BEFORE);
    notification_signal(signals);
    happens(EVENT_AFTER);
    ipc_send(front_endpoint, &message, TIMEOUT_INFINITE);
    happens(EVENT_AFTER);
    thread_resume(woken.thread);
    happens(EVENT_AFTER);
    root_thread_end();
}

/** Whoever becomes ready and is more important runs at once. */
static void scene_preemption(void)
{
    happens(EVENT_SCENE);
    front_endpoint = root_make(OBJECT_ENDPOINT, 0);
    signals = root_copy(root_make(OBJECT_NOTIFICATION, 0), RIGHTS_ALL, 1);
    woken = root_thread_make(root_cspace, root_own_space, HIGH);
    root_thread_run(woken, wakes, 0);
    task_sleep(WHILE);
    root_thread(wakes_others, 0, MIDDLE);
    task_sleep(SCENE);
}

static void takes_turns(uint64_t number)
{
    for (;;) {
        turns[number]++;
    }
}

/** Two of one level, and one below. */
static void scene_turns(void)
{
    struct root_thread threads[3];

    for (unsigned i = 0; i < 3; i++) {
        threads[i] = root_thread(takes_turns, i, i < 2 ? MIDDLE : MIDDLE - 1);
    }
    task_sleep(TURNS);
    for (unsigned i = 0; i < 3; i++) {
        set_up(thread_stop(threads[i].thread));
    }
}

int64_t guest_main(uint64_t argument)
{
    (void)argument;
    set_up(thread_set_priority(root_self, DIRECTOR));
    scene_queue();
    scene_received();
    scene_chain();
    scene_fault();
    scene_preemption();
    scene_turns();
    for (unsigned i = 0; i < event_count; i++) {
        guest_report("event", events[i]);
    }
    for (unsigned i = 0; i < 3; i++) {
        guest_report("turns", turns[i]);
    }
    guest_checkpoint("after");
    return 0;
}
