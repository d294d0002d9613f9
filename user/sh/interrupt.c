/**
 * @file
 * Ctrl-C, and ending a command with everything that it has started: the root task knows who is
 * whose child.
 */
#include "interrupt.h"

#include <stdbool.h>

#include "exit_status.h"
#include "first_task.h"
#include "init/session_proto.h"
#include "rpc.h"

/** Ends a process with all that it has started, and those have, and so on, in one step: whatever
 * they do meanwhile, none is left. @param pid a child of this process; or itself, which goes on
 * @param signal of signal.h */
void interrupt_end(pid_t pid, int signal)
{
    struct message message = {.info = info_make(INIT_END, 3),
                              .words = {(uint64_t)pid, (uint64_t)(EXIT_SIGNALLED + signal), true}};

    rpc_call(SLOT_PAGER, &message, TIMEOUT_INFINITE);
}

/** @return how often Ctrl-C was typed. For commands that wait for nobody: who waits is told */
unsigned long interrupt_count(void)
{
    struct message message = {.info = info_make(INIT_TOTAL, 0)};

    if (rpc_call(SLOT_PAGER, &message, TIMEOUT_INFINITE) != ERROR_NONE) {
        return 0;
    }
    return message.words[4];
}
