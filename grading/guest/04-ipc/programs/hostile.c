/**
 * @file
 * Starts three hostile tasks and a server that always answers, and waits for their ends. Argument:
 * how many calls each of the tasks makes.
 */
#include "endpoint.h"
#include "guest_program.h"
#include "hostile_slots.h"
#include "ipc.h"
#include "notification.h"
#include "string.h"
#include "task.h"

#define TASKS 3u

static const slot setup = {5};
static const slot server_copy = {6};
static const slot echo = {SLOT_ECHO};

static const char *const names[TASKS] = {"hostile_a", "hostile_b", "hostile_c"};

static task_id start(const char *name, uint64_t argument, slot given)
{
    struct call_result started = task_start(name, strlen(name), argument, given);

    guest_report("set-up", started.error);
    return (task_id){started.value};
}

static void make_objects(void)
{
    guest_report("set-up", endpoint_create((slot){SLOT_FIRST}));
    guest_report("set-up", notification_create((slot){SLOT_FIRST + 1}));
    guest_report("set-up", endpoint_create(server_copy));
    guest_report("set-up", slot_copy(echo, server_copy, RIGHT_SEND, 0));
    guest_report("set-up", endpoint_create(setup));
}

/** Gives every task its three slots, in the order in which it asks for them. */
static void give_slots(void)
{
    uint64_t given[TASKS] = {0};

    for (unsigned i = 0; i < 3 * TASKS; i++) {
        struct message message;

        guest_report("set-up", ipc_recv(setup, &message, TIMEOUT_INFINITE));
        message.info =
            info_make(0, 0) | info_transfer((slot){SLOT_FIRST + given[message.badge - 1]++});
        guest_report("set-up", ipc_reply(SLOT_REPLY, &message));
    }
}

static void join(task_id task)
{
    struct call_result ended = task_join(task);

    guest_report("joined", ended.error);
    guest_report_signed("status", (int64_t)ended.value);
}

int64_t guest_main(uint64_t argument)
{
    task_id tasks[TASKS], server;
    struct message quit = {.info = info_make(1, 0)};

    (void)argument;
    guest_checkpoint("before");
    make_objects();
    server = start("hostile_echo", 0, server_copy);
    for (unsigned i = 0; i < TASKS; i++) {
        slot copy = {10 + i};

        guest_report("set-up",
                     slot_copy(copy, setup, RIGHT_SEND | RIGHT_RECEIVE | RIGHT_GRANT, i + 1));
        tasks[i] = start(names[i], guest_argument(0), copy);
    }
    give_slots();
    for (unsigned i = 0; i < TASKS; i++) {
        join(tasks[i]);
    }
    guest_checkpoint("quiet");
    guest_report("set-up", ipc_call(echo, &quit, TIMEOUT_INFINITE));
    join(server);
    guest_checkpoint("after");
    return 0;
}
