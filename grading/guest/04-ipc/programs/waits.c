/**
 * @file
 * Waits that end by themselves, and waits for tasks that end.
 */
#include "director.h"
#include "endpoint.h"
#include "ipc.h"
#include "notification.h"

static const slot endpoint = {2};
static const slot notification = {3};
static const slot held = {4};
static const slot mortal = {5};
static const slot mortal_clients = {6};

static uint64_t nanoseconds(void)
{
    uint32_t low, high;

    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    return (uint64_t)high << 32 | low;
}

/** The kinds of waits, in the order of the reports. */
enum kind { RECEIVE, SEND, CALL, SIGNAL, REPLY_RECEIVE, ANSWER, KINDS };

static enum error wait_for(enum kind kind, uint64_t timeout)
{
    struct message message = {.info = info_make(0, 0)};

    switch (kind) {
    case RECEIVE:
        return ipc_recv(endpoint, &message, timeout);
    case SEND:
        return ipc_send(endpoint, &message, timeout);
    case CALL:
        return ipc_call(endpoint, &message, timeout);
    case SIGNAL:
        return (enum error)notification_wait(notification, timeout).error;
    case REPLY_RECEIVE:
        return ipc_reply_recv(endpoint, &message, timeout);
    default:
        return ipc_call(held, &message, timeout);
    }
}

/** Waits, and reports how long. */
static void measure(enum kind kind, uint64_t timeout)
{
    uint64_t begin = nanoseconds();
    enum error error = wait_for(kind, timeout);
    uint64_t end = nanoseconds();

    guest_report("kind", kind);
    guest_report("asked", timeout);
    guest_report("error", error);
    guest_report("took", end - begin);
}

/** Nobody comes. */
static void alone(void)
{
    for (enum kind kind = RECEIVE; kind <= SIGNAL; kind++) {
        measure(kind, TIMEOUT_NONE);
        measure(kind, 1 + guest_random_below(4));
        measure(kind, 5 + guest_random_below(20));
    }
}

/** An answer is given, and nobody else comes; a request is received, and not answered in time. */
static void half_way(void)
{
    task_id peer = director_start("peer_a", PEER_CALL, 0, endpoint);
    struct message message;

    director_set_up(ipc_recv(endpoint, &message, TIMEOUT_INFINITE));
    measure(REPLY_RECEIVE, 3 + guest_random_below(10));
    director_join(peer);

    director_set_up(endpoint_create(held));
    peer = director_start("peer_b", PEER_HOLD, 40, held);
    task_sleep(2); /* until it receives */
    measure(ANSWER, 3 + guest_random_below(10));
    director_join(peer);
}

/** No timeout: the wait ends with the signal. */
static void endless(void)
{
    task_id peer = director_start("peer_c", PEER_SIGNAL, 50, notification);

    measure(SIGNAL, TIMEOUT_INFINITE);
    director_join(peer);
}

/** Who may receive ends with one caller saved, one to answer, and one in the queue. */
static void mortal_server(void)
{
    struct message message = {.info = info_make(0, 0)};
    task_id server, clients[2];

    director_set_up(endpoint_create(mortal));
    director_set_up(slot_copy(mortal_clients, mortal, RIGHT_SEND, 9));
    server = director_start("peer_c", PEER_DIE, 10, mortal);
    director_set_up(slot_delete(mortal));
    clients[0] = director_start("peer_a", PEER_CALL, 0, mortal_clients);
    clients[1] = director_start("peer_b", PEER_CALL, 0, mortal_clients);
    task_sleep(2); /* until they call */
    guest_report("ended", ipc_call(mortal_clients, &message, TIMEOUT_INFINITE));
    guest_report("ended", ipc_send(mortal_clients, &message, TIMEOUT_INFINITE));
    guest_report("ended", ipc_call(mortal_clients, &message, 5));
    for (unsigned i = 0; i < 2; i++) {
        director_join(clients[i]);
    }
    director_join(server);
}

int64_t guest_main(uint64_t argument)
{
    (void)argument;
    guest_checkpoint("before");
    director_set_up(endpoint_create(endpoint));
    director_set_up(notification_create(notification));
    alone();
    half_way();
    endless();
    mortal_server();
    guest_checkpoint("after");
    return 0;
}
