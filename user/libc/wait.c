/**
 * @file
 * Waiting for processes to end (IEEE 1003.1, waitpid).
 */
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include "exit_status.h"
#include "root_call.h"

/** @return an exit status of the root task as sys/wait.h has it */
static int make_status(int64_t exit)
{
    if (exit == INIT_FAULTED) {
        return SIGSEGV;
    }
    return exit > EXIT_SIGNALLED && exit < EXIT_SIGNALLED + NSIG ? (int)exit - EXIT_SIGNALLED
                                                                 : (int)(exit & 0xFF) << 8;
}

/**
 * Waits until a process has ended, and forgets it. Ctrl-C ends the wait.
 *
 * @param process  one that the caller has started; -1: any of those
 * @param status   set, if not NULL; see sys/wait.h. A fault is told as SIGSEGV
 * @param options  0; WNOHANG: do not wait
 * @return the process; 0: WNOHANG, and none has ended; -1: ECHILD: there is none to wait for;
 *         EINTR: Ctrl-C; EINVAL: other options
 */
pid_t waitpid(pid_t process, int *status, int options)
{
    uint64_t how = INIT_WAIT_INTERRUPTIBLE | (options & WNOHANG ? INIT_WAIT_NOT : 0);
    struct message message = {.info = info_make(INIT_WAIT, 2),
                              .words = {process == -1 ? 0 : (uint64_t)process, how}};

    if ((options & ~WNOHANG) != 0) {
        errno = EINVAL;
        return -1;
    }
    if (process < -1 || process == 0) { /* there are no groups of processes */
        errno = ECHILD;
        return -1;
    }
    if (root_call(&message) != 0) {
        if (errno == ETIMEDOUT) {
            return 0;
        }
        errno = errno == ESRCH ? ECHILD : errno;
        return -1;
    }
    if (status != NULL) {
        *status = make_status((int64_t)message.words[1]);
    }
    return (pid_t)message.words[0];
}

/** The same as waitpid() for any process. */
pid_t wait(int *status)
{
    return waitpid(-1, status, 0);
}
