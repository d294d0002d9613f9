/**
 * @file
 * A server, and up to three clients that call it again and again, each in an address space of its
 * own. Arguments: how many clients, the messages' length in words, exchanges of each client.
 */
#include "digest.h"
#include "endpoint.h"
#include "ipc.h"
#include "loader.h"

#define CLIENTS 3u
#define MOST 4096u
#define MOMENT_EVERY 397u /* a prime: at every place of the turn */

static const slot endpoint = {3};

/** Who was served, in order. Read by the grader. */
uint8_t guest_order[MOST];
uint64_t guest_order_length;

/** Starts a client; it knows the endpoint with its number as the badge. */
static task_id start_client(unsigned number)
{
    slot copy = {4 + number};
    uint64_t argument = guest_argument(2) << 8 | guest_argument(1);

    set_up(slot_copy(copy, endpoint, RIGHT_SEND, number + 1));
    return loader_start("exchange_peer", argument, copy, copy);
}

static void answer(struct message *message)
{
    for (unsigned i = 0; i < MESSAGE_REGISTER_WORDS; i++) {
        message->words[i] = (message->words[i] ^ message->badge) * DIGEST_FACTOR;
    }
    if (guest_order_length < MOST) {
        guest_order[guest_order_length++] = (uint8_t)message->badge;
    }
    if (guest_order_length % MOMENT_EVERY == 0) {
        guest_checkpoint("moment");
    }
}

static void serve(uint64_t count)
{
    struct message message = {.info = 0};
    enum error error = ipc_recv(endpoint, &message, TIMEOUT_INFINITE);

    for (uint64_t i = 0; i < count; i++) {
        if (error != ERROR_NONE || message.info & MESSAGE_FAULT) {
            guest_report("refused", error);
            guest_end();
        }
        answer(&message);
        if (i + 1 < count) {
            error = ipc_reply_recv(endpoint, &message, TIMEOUT_INFINITE);
        }
    }
    guest_report("last", ipc_reply(SLOT_REPLY, &message));
}

int64_t guest_main(uint64_t argument)
{
    unsigned clients = (unsigned)guest_argument(0);
    task_id tasks[CLIENTS];

    (void)argument;
    set_up(endpoint_create(endpoint));
    loader_begin();
    guest_checkpoint("before");
    for (unsigned i = 0; i < clients; i++) {
        tasks[i] = start_client(i);
    }
    serve(clients * guest_argument(2));
    for (unsigned i = 0; i < clients; i++) {
        loader_join(tasks[i]);
    }
    guest_checkpoint("after");
    return 0;
}
