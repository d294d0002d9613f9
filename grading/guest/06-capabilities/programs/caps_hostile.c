/**
 * @file
 * In the place of the program that the root task starts: starts three hostile tasks, waits until
 * they have ended, and asks the root task for its memory before and afterwards. Argument 0: how
 * many requests each of them makes.
 */
#include "first_task.h"
#include "guest_program.h"
#include "init/proto.h"
#include "ipc.h"
#include "task.h"

#define TASKS 3u
#define NUMBER_SHIFT 32

#define LOOKS 80u        /* in so many looks what the hostile tasks have started ends: */
#define LOOK_AGAIN 100ul /* milliseconds. The scribbler waits five seconds for its victim */

/** Asks the root task what untyped memory it has. @return bytes */
static uint64_t ask_memory(uint64_t *pieces)
{
    struct message message = {.info = info_make(INIT_MEMORY, 0)};

    ipc_call(SLOT_PAGER, &message, TIMEOUT_INFINITE);
    *pieces = message.words[1];
    return message.words[0];
}

static void report_memory(uint64_t *free)
{
    uint64_t pieces;

    *free = ask_memory(&pieces);
    guest_report("free", *free);
    guest_report("pieces", pieces);
}

/** Waits for a hostile task's end. Another one may wait for it as well, or may have done. */
static void join(task_id task)
{
    struct call_result ended;

    do {
        ended = task_join(task);
        task_sleep(1);
    } while (ended.error == ERROR_BUSY);
    guest_report("joined", ended.error);
}

int64_t guest_main(uint64_t argument)
{
    struct call_result started[TASKS];
    uint64_t before, after, pieces;

    (void)argument;
    report_memory(&before);
    for (uint64_t i = 0; i < TASKS; i++) {
        started[i] = task_start("caps_requests", 13, i << NUMBER_SHIFT | guest_argument(0),
                                SLOT_SYSTEM_NAMES);
        guest_report("set-up", started[i].error);
    }
    for (uint64_t i = 0; i < TASKS; i++) {
        join((task_id){started[i].value});
    }
    for (unsigned i = 0; i < LOOKS && ask_memory(&pieces) != before; i++) {
        task_sleep(LOOK_AGAIN);
    }
    report_memory(&after);
    guest_checkpoint("after");
    return 0;
}
