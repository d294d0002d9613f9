/**
 * @file
 * In the place of the program that the root task starts: launches `hello` again and again, and asks
 * the root task what memory it has. Argument 0: how often.
 */
#include "first_task.h"
#include "guest_program.h"
#include "init/proto.h"
#include "ipc.h"
#include "task.h"

/** Reports what untyped memory the root task has. */
static void report_memory(void)
{
    struct message message = {.info = info_make(INIT_MEMORY, 0)};

    guest_report("set-up", ipc_call(SLOT_PAGER, &message, TIMEOUT_INFINITE));
    guest_report("free", message.words[0]);
    guest_report("pieces", message.words[1]);
}

int64_t guest_main(uint64_t argument)
{
    uint64_t right = 0;

    (void)argument;
    report_memory();
    for (uint64_t i = 0; i < guest_argument(0); i++) {
        struct call_result started = task_start("hello", 5, i, SLOT_SYSTEM_NAMES);
        struct call_result ended = task_join((task_id){started.value});

        right += started.error == ERROR_NONE && ended.error == ERROR_NONE && ended.value == 2 * i;
    }
    guest_report("right", right);
    report_memory();
    guest_checkpoint("after");
    return 0;
}
