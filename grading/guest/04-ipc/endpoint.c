/**
 * @file
 * Tests of how messages are sent and received at an endpoint. See world.h.
 */
#include "ipc/endpoint.h"

#include "between.h"
#include "guest.h"
#include "world.h"

#define ROUNDS 48u

/** Some threads line up at endpoint 0. */
static void line_up_receivers(unsigned least, unsigned most)
{
    unsigned count = least + (unsigned)guest_random_below(most - least + 1);

    for (unsigned i = 0; i < count; i++) {
        struct thread *thread = guest_idle_thread();

        guest_put_waiting(thread, THREAD_RECEIVING, &guest_endpoints[0].receivers);
        guest_maybe_deadline(thread);
    }
}

static void line_up_senders(unsigned least, unsigned most)
{
    unsigned count = least + (unsigned)guest_random_below(most - least + 1);

    for (unsigned i = 0; i < count; i++) {
        struct thread *thread = guest_idle_thread();

        guest_put_waiting(thread, guest_one_in(2) ? THREAD_CALLING : THREAD_SENDING,
                          &guest_endpoints[0].senders);
        guest_maybe_deadline(thread);
    }
}

/* --- sending: the words are badge, is_call, timeout --- */

static void send_round(unsigned number, uint64_t timeout)
{
    struct thread *sender = &guest_threads[0];
    struct guest_ipc_round *round;
    uint64_t badge = guest_random();
    bool is_call = guest_one_in(2);

    guest_put_bystanders(3);
    round = guest_round_begin(number, sender);
    round->words[0] = badge;
    round->words[1] = is_call;
    round->words[2] = timeout;
    guest_round_end(round, endpoint_send(sender, &guest_endpoints[0], badge, is_call, timeout));
}

void guest_test_send_received(void);
void guest_test_send_received(void)
{
    guest_own_parts = true;
    for (unsigned i = 0; i < ROUNDS; i++) {
        guest_world_begin();
        line_up_receivers(1, 3);
        send_round(i, i % 4 == 0 ? TIMEOUT_NONE : guest_random_timeout());
    }
    guest_checkpoint("done");
}

void guest_test_send_waits(void);
void guest_test_send_waits(void)
{
    guest_own_parts = true;
    for (unsigned i = 0; i < ROUNDS; i++) {
        guest_world_begin();
        if (i % 6 == 5) { /* closed: nobody can be waiting */
            guest_endpoints[0].receive_slots = 0;
        } else {
            line_up_senders(0, 3);
        }
        send_round(i, i % 6 == 4 ? TIMEOUT_NONE : guest_random_timeout());
    }
    guest_checkpoint("done");
}

/* --- receiving: word 0 is the timeout --- */

static void receive_round(unsigned number, uint64_t timeout)
{
    struct thread *receiver = &guest_threads[0];
    struct guest_ipc_round *round;

    guest_put_bystanders(3);
    round = guest_round_begin(number, receiver);
    round->words[0] = timeout;
    guest_round_end(round, endpoint_receive(receiver, &guest_endpoints[0], timeout));
}

static void bind(uint64_t bits)
{
    guest_notifications[0].bound = &guest_threads[0];
    guest_notifications[0].bits = bits;
    guest_threads[0].bound = &guest_notifications[0];
}

void guest_test_receive_message(void);
void guest_test_receive_message(void)
{
    guest_own_parts = true;
    for (unsigned i = 0; i < ROUNDS; i++) {
        guest_world_begin();
        line_up_senders(1, 3);
        if (guest_one_in(2)) {
            bind(0);
        }
        receive_round(i, i % 4 == 0 ? TIMEOUT_NONE : guest_random_timeout());
    }
    guest_checkpoint("done");
}

void guest_test_receive_waits(void);
void guest_test_receive_waits(void)
{
    guest_own_parts = true;
    for (unsigned i = 0; i < ROUNDS; i++) {
        guest_world_begin();
        if (i % 3 == 2) { /* signals, and maybe messages */
            bind(guest_random() | 1);
            line_up_senders(0, 2);
        } else {
            line_up_receivers(0, 3);
        }
        receive_round(i, i % 5 == 4 ? TIMEOUT_NONE : guest_random_timeout());
    }
    guest_checkpoint("done");
}
