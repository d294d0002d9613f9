/**
 * @file
 * Ending other processes (IEEE 1003.1, kill).
 */
#include <errno.h>
#include <signal.h>

#include "exit_status.h"
#include "root_call.h"

/**
 * Ends a process as by a signal: whoever waits for it is told which.
 *
 * @param process  one that the caller has started, or that one of those has, and so on; above 0
 * @param signal   1 to NSIG - 1; 0: only finds out whether there is such a process
 * @return 0; -1: ESRCH: there is none; EPERM: it is none of the caller's; EINVAL
 */
int kill(pid_t process, int signal)
{
    if (process <= 0 || signal < 0 || signal >= NSIG) {
        errno = process <= 0 ? ESRCH : EINVAL;
        return -1;
    }
    if (signal == 0) {
        return root_ask(INIT_PROCESS, 0, (uint64_t)process);
    }
    return root_ask(INIT_END, (uint64_t)process, (uint64_t)(EXIT_SIGNALLED + signal));
}
