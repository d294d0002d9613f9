/**
 * @file
 * Starts three hostile tasks and takes their faults, and those of the tasks that they make, until
 * all have ended. Argument: how many calls each of them makes.
 */
#include <stdbool.h>

#include "endpoint.h"
#include "hostile_parts.h"
#include "ipc.h"
#include "loader.h"

#define TASKS 3u
#define ENDED_LABEL 1u /* of a hostile task's last call */
#define HOARD 0x0000100000000000u
#define FRAMES_LEFT 200u /* three tasks take some forty each: too few for all that they want */

static const slot endpoint = {3};
static const slot to_hostile = {4};
static task_id tasks[TASKS];

/** Takes nearly all memory, so that there is not enough for everybody. */
static void hoard(void)
{
    uint64_t address = HOARD;

    for (uint64_t pages = MEMORY_PAGES_MAX; pages > 0; pages /= 4) {
        uint64_t extent = MEMORY_EXTENT(pages, MEMORY_READ | MEMORY_WRITE);

        while (memory_map(TASK_SELF, address, extent) == ERROR_NONE) {
            address += pages * PAGE_SIZE;
        }
    }
    set_up(memory_unmap(TASK_SELF, HOARD, MEMORY_EXTENT(FRAMES_LEFT, MEMORY_READ)));
}

static bool is_hostile_task(uint64_t badge)
{
    for (unsigned i = 0; i < TASKS; i++) {
        if (tasks[i].number == badge) {
            return true;
        }
    }
    return false;
}

/** Mends one in four of the faults in the arena, and one in eight it says that it has. */
static void answer_fault(const struct message *fault)
{
    uint64_t page = fault->words[0] & -(uint64_t)PAGE_SIZE;
    uint64_t rights = fault->words[1] == MEMORY_READ ? MEMORY_READ : MEMORY_READ | fault->words[1];
    struct message answer = {.info = info_make(1, 0)};

    if (is_hostile_task(fault->badge) &&
        memory_map((task_id){fault->badge}, page, MEMORY_EXTENT(1, rights)) == ERROR_NONE) {
        answer.info = info_make(0, 0);
    }
    ipc_reply(SLOT_REPLY, &answer);
}

/** Serves until the hostile tasks have said that they are done. */
static void serve(void)
{
    unsigned left = TASKS;

    while (left > 0) {
        struct message message;

        if (ipc_recv(endpoint, &message, TIMEOUT_INFINITE) != ERROR_NONE) {
            continue;
        }
        if (message.info & MESSAGE_FAULT) {
            answer_fault(&message);
        } else {
            left -= is_hostile_task(message.badge) && message.info == info_make(ENDED_LABEL, 0);
            message.info = info_make(0, 0);
            ipc_reply(SLOT_REPLY, &message);
        }
    }
}

int64_t guest_main(uint64_t argument)
{
    (void)argument;
    set_up(endpoint_create(endpoint));
    set_up(slot_copy(to_hostile, endpoint, RIGHT_SEND, 0));
    loader_begin();
    hoard();
    guest_checkpoint("before");
    for (unsigned i = 0; i < TASKS; i++) {
        tasks[i] = loader_make("hostile_task", to_hostile, to_hostile);
    }
    for (unsigned i = 0; i < TASKS; i++) {
        loader_run(tasks[i], "hostile_task", hostile_argument(guest_argument(0), i));
    }
    serve();
    for (unsigned i = 0; i < TASKS; i++) {
        loader_join(tasks[i]);
    }
    guest_checkpoint("after");
    return 0;
}
