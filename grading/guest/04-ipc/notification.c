/**
 * @file
 * Tests of signals. See world.h.
 */
#include "ipc/endpoint.h"

#include "between.h"
#include "guest.h"
#include "world.h"

#define ROUNDS 48u

/** Few bits, so that some come twice; now and then none. */
static uint64_t random_bits(void)
{
    return guest_one_in(6) ? 0 : (uint64_t)guest_random_below(16) << guest_random_below(60);
}

/** Sends a signal to notification 0; word 0 is its bits. */
static void signal_round(unsigned number, uint64_t bits)
{
    struct guest_ipc_round *round;

    guest_put_bystanders(3);
    round = guest_round_begin(number, &guest_threads[0]);
    round->words[0] = bits;
    notification_send(&guest_notifications[0], bits);
    guest_round_end(round, ERROR_NONE);
}

/** Threads wait, or bits do: never both. */
void guest_test_signal_waiters(void);
void guest_test_signal_waiters(void)
{
    guest_own_parts = true;
    for (unsigned i = 0; i < ROUNDS; i++) {
        unsigned waiters = (unsigned)guest_random_below(4);

        guest_world_begin();
        while (waiters-- > 0) {
            struct thread *thread = guest_idle_thread();

            guest_put_waiting(thread, THREAD_WAITING, &guest_notifications[0].waiters);
            guest_maybe_deadline(thread);
        }
        if (guest_notifications[0].waiters.first == NULL) {
            guest_notifications[0].bits = random_bits();
        }
        signal_round(i, random_bits());
    }
    guest_checkpoint("done");
}

/** A thread has bound the notification: it receives, waits for something else, or runs. */
static struct thread *put_bound(unsigned kind)
{
    struct thread *bound = kind % 4 == 3 ? &guest_threads[0] : guest_idle_thread();

    guest_notifications[0].bound = bound;
    bound->bound = &guest_notifications[0];
    if (kind % 4 == 0 || kind % 4 == 1) {
        guest_put_waiting(bound, THREAD_RECEIVING, &guest_endpoints[0].receivers);
        guest_maybe_deadline(bound);
    } else if (kind % 4 == 2) {
        guest_put_waiting(bound, guest_one_in(2) ? THREAD_CALLING : THREAD_SENDING,
                          &guest_endpoints[0].senders);
        guest_maybe_deadline(bound);
    }
    return bound;
}

void guest_test_signal_bound(void);
void guest_test_signal_bound(void)
{
    guest_own_parts = true;
    for (unsigned i = 0; i < ROUNDS; i++) {
        const struct thread *bound;

        guest_world_begin();
        bound = put_bound(i);
        if (i % 8 == 1) { /* and somebody waits, who comes first */
            guest_put_waiting(guest_idle_thread(), THREAD_WAITING, &guest_notifications[0].waiters);
        } else if (bound->state != THREAD_RECEIVING) {
            guest_notifications[0].bits = random_bits();
        }
        signal_round(i, random_bits());
    }
    guest_checkpoint("done");
}
