/**
 * @file
 * The bounded buffer: numbers go from producers to consumers, a few at most on their way.
 *
 * Who cannot go on waits: its answer comes later. Either producers wait, and the buffer is full, or
 * consumers, and it is empty; so one queue serves both.
 */
#include "bin/buffer_server.h"

#include "program.h"
#include "server.h"
#include "waiters.h"

#define ENDPOINT ((slot){4})
#define FIRST_WAITER 8
#define CAPACITY 4u

static uint64_t items[CAPACITY]; /* a ring: `count` numbers from `first` on */
static unsigned first;
static unsigned count;
static struct waiters waiters = {.first_slot = FIRST_WAITER};

static struct message answer_word(uint64_t word)
{
    return (struct message){.info = info_make(ERROR_NONE, 1), .words = {word}};
}

static void put_item(uint64_t item)
{
    items[(first + count) % CAPACITY] = item;
    count++;
}

static uint64_t take_item(void)
{
    uint64_t item = items[first];

    first = (first + 1) % CAPACITY;
    count--;
    return item;
}

static bool let_wait(struct message *message)
{
    return waiters_add(&waiters, message) ? false : server_result(message, ERROR_BUSY);
}

static bool handle_put(struct message *message)
{
    struct message answer = answer_word(message->words[0]);

    if (count == CAPACITY) {
        return let_wait(message);
    }
    if (count == 0 && waiters_first(&waiters) != NULL) { /* a consumer: straight to it */
        waiters_answer_first(&waiters, &answer);
    } else {
        put_item(message->words[0]);
    }
    return server_result(message, ERROR_NONE);
}

static bool handle_get(struct message *message)
{
    const struct message *producer = waiters_first(&waiters);
    struct message done = {.info = info_make(ERROR_NONE, 0)};

    if (count == 0) {
        return let_wait(message);
    }
    *message = answer_word(take_item());
    if (producer != NULL) {
        put_item(producer->words[0]);
        waiters_answer_first(&waiters, &done);
    }
    return true;
}

static bool handle(struct message *message)
{
    switch (info_label(message->info)) {
    case BUFFER_PUT:
        return handle_put(message);
    case BUFFER_GET:
        return handle_get(message);
    default:
        return server_result(message, ERROR_INVALID_ARGUMENT);
    }
}

/** The bounded buffer. It runs until the machine stops. */
int64_t main(uint64_t argument)
{
    enum error error = server_open("bounded_buffer", ENDPOINT);

    (void)argument;
    return error != ERROR_NONE ? error : server_run(ENDPOINT, handle);
}
