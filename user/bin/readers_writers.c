/**
 * @file
 * Readers and writers: a server that says who may begin.
 *
 * Clients are known by their badges, which are task ids. They begin in the order in which they
 * come, so neither readers nor writers can be kept waiting for ever. Invariant: `users` holds
 * either nobody, or readers, or one writer.
 */
#include "bin/readers_writers.h"

#include "program.h"
#include "server.h"
#include "waiters.h"

#define ENDPOINT ((slot){4})
#define FIRST_WAITER 8
#define USERS_MAX 16u

static uint64_t words[RW_WORDS];
static uint64_t users[USERS_MAX]; /* task ids; 0 is nobody */
static unsigned user_count;
static bool writing;
static struct waiters waiters = {.first_slot = FIRST_WAITER};

/** The place of a task among the users, or of nobody. @return NULL when there is none */
static uint64_t *find_user(uint64_t task)
{
    for (unsigned i = 0; i < USERS_MAX; i++) {
        if (users[i] == task) {
            return &users[i];
        }
    }
    return NULL;
}

static bool may_begin(const struct message *request)
{
    bool writes = info_label(request->info) == RW_BEGIN_WRITE;

    return user_count == 0 || (!writes && !writing && user_count < USERS_MAX);
}

static void begin(const struct message *request)
{
    *find_user(0) = request->badge;
    user_count++;
    writing = info_label(request->info) == RW_BEGIN_WRITE;
}

static bool handle_begin(struct message *message)
{
    if (find_user(message->badge) != NULL) {
        return server_result(message, ERROR_BUSY);
    }
    if (waiters_first(&waiters) == NULL && may_begin(message)) {
        begin(message);
        return server_result(message, ERROR_NONE);
    }
    return waiters_add(&waiters, message) ? false : server_result(message, ERROR_BUSY);
}

/** Ends, and lets those begin who have waited longest. */
static bool handle_end(struct message *message)
{
    struct message done = {.info = info_make(ERROR_NONE, 0)};
    uint64_t *user = find_user(message->badge);
    const struct message *next;

    if (user == NULL) {
        return server_result(message, ERROR_NO_RIGHT);
    }
    *user = 0;
    user_count--;
    while ((next = waiters_first(&waiters)) != NULL && may_begin(next)) {
        begin(next);
        waiters_answer_first(&waiters, &done);
    }
    return server_result(message, ERROR_NONE);
}

static bool handle_access(struct message *message, bool stores)
{
    uint64_t index = message->words[0];

    if (find_user(message->badge) == NULL || (stores && !writing)) {
        return server_result(message, ERROR_NO_RIGHT);
    }
    if (index >= RW_WORDS) {
        return server_result(message, ERROR_INVALID_ARGUMENT);
    }
    if (stores) {
        words[index] = message->words[1];
    }
    *message = (struct message){.info = info_make(ERROR_NONE, 1), .words = {words[index]}};
    return true;
}

static bool handle(struct message *message)
{
    if (message->badge == 0) { /* nobody's */
        return server_result(message, ERROR_NO_RIGHT);
    }
    switch (info_label(message->info)) {
    case RW_BEGIN_READ:
    case RW_BEGIN_WRITE:
        return handle_begin(message);
    case RW_END:
        return handle_end(message);
    case RW_LOAD:
    case RW_STORE:
        return handle_access(message, info_label(message->info) == RW_STORE);
    default:
        return server_result(message, ERROR_INVALID_ARGUMENT);
    }
}

/** The server. It runs until the machine stops. */
int64_t main(uint64_t argument)
{
    enum error error = server_open("readers_writers", ENDPOINT);

    (void)argument;
    return error != ERROR_NONE ? error : server_run(ENDPOINT, handle);
}
