/**
 * @file
 * Tests of how waits end, and of their timeouts. See world.h.
 */
#include "ipc/message.h"

#include "between.h"
#include "guest.h"
#include "world.h"

#define ROUNDS 48u

/* --- reply_give(): word 0 is the number of the server's slot --- */

void guest_test_reply_give(void);
void guest_test_reply_give(void)
{
    guest_own_parts = true;
    for (unsigned i = 0; i < ROUNDS; i++) {
        struct thread *server = &guest_threads[0];
        struct guest_ipc_round *round;
        uint64_t number = guest_random_below(GUEST_SLOTS);

        guest_world_begin();
        for (unsigned slot = 0; slot < GUEST_SLOTS; slot++) {
            if (slot == number || guest_one_in(3)) {
                struct thread *caller = guest_idle_thread();

                guest_put_answering(caller, &server->slots[slot]);
                guest_maybe_deadline(caller);
            }
        }
        guest_put_bystanders(3);
        round = guest_round_begin(i, server->slots[number].caller);
        round->words[0] = number;
        reply_give(server, server->slots[number].caller);
        guest_round_end(round, ERROR_NONE);
    }
    guest_checkpoint("done");
}

/* --- wait_finish() --- */

/** A thread in one of the five states of waiting. */
static struct thread *put_one(unsigned kind)
{
    struct thread *thread = guest_idle_thread();

    switch (kind) {
    case 0:
        guest_put_waiting(thread, THREAD_SENDING, &guest_endpoints[0].senders);
        break;
    case 1:
        guest_put_waiting(thread, THREAD_CALLING, &guest_endpoints[0].senders);
        break;
    case 2:
        guest_put_waiting(thread, THREAD_RECEIVING, &guest_endpoints[1].receivers);
        break;
    case 3:
        guest_put_waiting(thread, THREAD_WAITING, &guest_notifications[0].waiters);
        break;
    default:
        guest_put_answering(thread, &guest_threads[0].slots[guest_random_below(GUEST_SLOTS)]);
    }
    guest_maybe_deadline(thread);
    return thread;
}

void guest_test_wait_finish(void);
void guest_test_wait_finish(void)
{
    for (unsigned i = 0; i < ROUNDS; i++) {
        struct thread *thread;
        struct guest_ipc_round *round;

        guest_world_begin();
        guest_put_bystanders((unsigned)guest_random_below(3));
        for (unsigned neighbours = (unsigned)guest_random_below(3); neighbours > 0; neighbours--) {
            put_one(i % 5 == 4 ? 0 : i % 5);
        }
        thread = put_one(i % 5);
        if (guest_one_in(2) && i % 5 != 4) {
            put_one(i % 5);
        }
        round = guest_round_begin(i, thread);
        wait_finish(thread);
        guest_round_end(round, ERROR_NONE);
    }
    guest_checkpoint("done");
}

/* --- timeout_start(): word 0 is the time --- */

/** A time that often is the very one that another thread waits for. */
static uint64_t random_time(unsigned round)
{
    switch (round % 6) {
    case 0:
        return TIMEOUT_INFINITE;
    case 1:
        return TIMEOUT_INFINITE - 1 - guest_random_below(3);
    case 2: /* just within, or just behind, what the counter can hold */
        return UINT64_MAX - sched.ticks - 3 + guest_random_below(4);
    default:
        return guest_random_below(6);
    }
}

void guest_test_timeout_start(void);
void guest_test_timeout_start(void)
{
    for (unsigned i = 0; i < GUEST_ROUNDS; i++) {
        struct thread *thread = &guest_threads[0];
        struct guest_ipc_round *round;
        unsigned others = (unsigned)guest_random_below(6);

        guest_world_begin();
        if (i % 8 == 7) {
            sched.ticks = guest_random() >> 1;
        }
        while (others-- > 0) {
            struct thread *other = guest_idle_thread();

            guest_put_waiting(other, THREAD_RECEIVING, &guest_endpoints[0].receivers);
            guest_put_deadline(other, guest_one_in(8) ? UINT64_MAX
                                                      : sched.ticks + 1 + guest_random_below(6));
        }
        round = guest_round_begin(i, thread);
        round->words[0] = random_time(i);
        timeout_start(thread, round->words[0]);
        guest_round_end(round, ERROR_NONE);
    }
    guest_checkpoint("done");
}
