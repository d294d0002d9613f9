/**
 * @file
 * A server, and up to three clients that call it again and again. Arguments: how many clients, the
 * messages' length in words, exchanges of each client, and whether the server is slow.
 */
#include "exchange.h"

#include <stdbool.h>

#include "endpoint.h"
#include "guest_program.h"
#include "string.h"
#include "task.h"

#define CLIENTS 3u
#define MOST 4096u
#define MOMENT_EVERY 997u /* a prime: at every place of the turn */

static const slot endpoint = {2};

/** Who was served, in order. Read by the grader. */
uint8_t guest_order[MOST];
uint64_t guest_order_length;

static const char *const names[CLIENTS] = {"exchange_a", "exchange_b", "exchange_c"};

/** Starts a client; it knows the endpoint with its number as the badge. */
static task_id start_client(unsigned number)
{
    slot copy = {3 + number};
    uint64_t argument = exchange_argument(guest_argument(2), guest_argument(1));
    struct call_result started;

    guest_report("copied", slot_copy(copy, endpoint, RIGHT_SEND, number + 1));
    started = task_start(names[number], strlen(names[number]), argument, copy);
    guest_report("started", started.error);
    return (task_id){started.value};
}

static void answer(struct message *message)
{
    for (unsigned i = 0; i < MESSAGE_REGISTER_WORDS; i++) {
        message->words[i] = exchange_answer(message->words[i], message->badge);
    }
    if (guest_order_length < MOST) {
        guest_order[guest_order_length++] = (uint8_t)message->badge;
    }
    if (guest_order_length % MOMENT_EVERY == 0) {
        guest_checkpoint("moment");
    }
}

/** A slow server finds all clients waiting for it. */
static enum error next(struct message *message, bool first, bool slow)
{
    enum error error = ERROR_NONE;

    if (!slow && !first) {
        return ipc_reply_recv(endpoint, message, TIMEOUT_INFINITE);
    }
    if (!first) {
        error = ipc_reply(SLOT_REPLY, message);
    }
    task_sleep(slow ? 2 : 0);
    return error != ERROR_NONE ? error : ipc_recv(endpoint, message, TIMEOUT_INFINITE);
}

static void serve(uint64_t count)
{
    struct message message = {.info = 0};

    for (uint64_t i = 0; i < count; i++) {
        enum error error = next(&message, i == 0, guest_argument(3) != 0);

        if (error != ERROR_NONE) {
            guest_report("refused", error);
            guest_end();
        }
        answer(&message);
    }
    guest_report("last", ipc_reply(SLOT_REPLY, &message));
}

int64_t guest_main(uint64_t argument)
{
    unsigned clients = (unsigned)guest_argument(0);
    task_id tasks[CLIENTS];

    (void)argument;
    guest_report("created", endpoint_create(endpoint));
    guest_checkpoint("before");
    for (unsigned i = 0; i < clients; i++) {
        tasks[i] = start_client(i);
    }
    serve(clients * guest_argument(2));
    for (unsigned i = 0; i < clients; i++) {
        struct call_result ended = task_join(tasks[i]);

        guest_report("joined", ended.error);
        guest_report_hex("status", ended.value);
    }
    guest_checkpoint("after");
    return 0;
}
