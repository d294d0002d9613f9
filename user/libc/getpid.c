/**
 * @file
 * Who the program is (IEEE 1003.1).
 */
#include <unistd.h>

#include "root_call.h"
#include "task.h"

/** @return the program's process id */
pid_t getpid(void)
{
    return (pid_t)task_self().value;
}

/** @return that of the process that has started it; 0: the root task has */
pid_t getppid(void)
{
    struct message message = {.info = info_make(INIT_PROCESS, 2), .words = {0, task_self().value}};

    return root_call(&message) == 0 ? (pid_t)message.words[1] : 0;
}
