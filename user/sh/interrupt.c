/**
 * @file
 * Ctrl-C, and ending a command with everything that it has started: the root task knows who is
 * whose child.
 */
#include "interrupt.h"

#include <signal.h>

#include "first_task.h"
#include "init/session_proto.h"
#include "rpc.h"

#define TREE_MAX 128u /* of them there are not more */

/** Collects processes that a process has started. A process that has ended is still its children's
 * parent, until it is waited for. @return how many there are */
static unsigned find_children(pid_t parent, pid_t *children)
{
    unsigned count = 0;

    for (uint64_t place = 0; count < TREE_MAX; place++) {
        struct message message = {.info = info_make(INIT_PROCESS, 2), .words = {place, 0}};

        if (rpc_call(SLOT_PAGER, &message, TIMEOUT_INFINITE) != ERROR_NONE) {
            return count;
        }
        if (message.words[0] != 0 && message.words[1] == (uint64_t)parent) {
            children[count++] = (pid_t)message.words[0];
        }
    }
    return count;
}

/** Ends a process, then those that it has started, and so on. A parent goes first: it cannot start
 * others while its children are looked for. @param pid a child of this process @param signal of
 * signal.h */
void interrupt_end(pid_t pid, int signal)
{
    pid_t waiting[TREE_MAX] = {pid};
    unsigned count = 1;

    while (count != 0) {
        pid_t children[TREE_MAX];
        pid_t next = waiting[--count];
        unsigned found;

        kill(next, signal);
        found = find_children(next, children);
        for (unsigned i = 0; i < found && count < TREE_MAX; i++) {
            waiting[count++] = children[i];
        }
    }
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
