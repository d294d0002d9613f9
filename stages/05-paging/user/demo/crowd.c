/**
 * @file
 * Tasks: the same program many times, many tasks at once, many one after the other.
 */
#include "show.h"

#include "bin/client.h"
#include "endpoint.h"
#include "first_task.h"
#include "ipc.h"
#include "print.h"
#include "run.h"

#define SPINS 1000000ul
#define EXCHANGES 1000
#define MEMBERS 100u
#define QUICK_TASKS 1000ul

#define ENDPOINT ((slot){8})
#define ENDPOINT_TO_GIVE ((slot){9})

/** Programs of earlier stages, two of them the same. */
int64_t show_programs(void)
{
    struct run_part hello = {"hello", 21, {0}};
    struct run_part parts[] = {{"spinner", SPINS, {0}}, {"sse", 1, {0}}, {"sse", 2, {0}}};
    int64_t wrong = run_together(&hello, 1, SLOT_SYSTEM_NAMES) != 42;

    wrong += run_together(parts, 3, SLOT_SYSTEM_NAMES) != (int64_t)SPINS;
    print("[demo] hello, spinner and two times sse: %ld wrong\n", wrong);
    return wrong;
}

static int64_t show_echo(uint32_t words, unsigned clients)
{
    uint64_t argument = client_argument(EXCHANGES, words);
    struct run_part parts[] = {
        {"client", argument, {0}}, {"client", argument, {0}}, {"client", argument, {0}}};
    int64_t wrong = run_together(parts, clients, SLOT_SYSTEM_NAMES);

    print("[demo] %u tasks, %d messages of %u bytes each: %ld wrong\n", clients + 1, EXCHANGES,
          8 * words, wrong);
    return wrong;
}

int64_t show_messages(void)
{
    int64_t wrong;

    run_start("echo", 0, SLOT_SYSTEM_NAMES);
    wrong = show_echo(1, 1);
    wrong += show_echo(8, 1);
    wrong += show_echo(1, 3);
    return wrong + show_echo(8, 3);
}

/** Many tasks at once: none goes on before all have been started. */
int64_t show_many_tasks(void)
{
    struct message message = {.info = info_make(0, 0)};
    task_id members[MEMBERS];
    int64_t wrong = 0;

    endpoint_create(ENDPOINT);
    slot_copy(ENDPOINT_TO_GIVE, ENDPOINT, RIGHT_RECEIVE, 0);
    for (unsigned i = 0; i < MEMBERS; i++) {
        members[i] = run_start("member", i, ENDPOINT_TO_GIVE);
    }
    for (unsigned i = 0; i < MEMBERS; i++) {
        wrong += ipc_send(ENDPOINT, &message, TIMEOUT_INFINITE) != ERROR_NONE;
    }
    for (unsigned i = 0; i < MEMBERS; i++) {
        struct call_result ended = task_join(members[i]);

        wrong += ended.error != ERROR_NONE || ended.value != 0;
    }
    print("[demo] %u tasks at once, each with its own variable at one address: %ld wrong\n",
          MEMBERS, wrong);
    return wrong;
}

int64_t show_quick_tasks(void)
{
    int64_t wrong = 0;

    for (uint64_t i = 0; i < QUICK_TASKS; i++) {
        struct run_part spinner = {"spinner", i, {0}};

        wrong += run_together(&spinner, 1, SLOT_SYSTEM_NAMES) != (int64_t)i;
    }
    print("[demo] %lu tasks, one after the other: %ld wrong\n", QUICK_TASKS, wrong);
    return wrong;
}
