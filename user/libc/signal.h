/**
 * @file
 * Ending other processes (IEEE 1003.1, signal.h). A signal cannot be caught: each one ends the
 * process.
 */
#pragma once

#include <sys/types.h>

#define SIGHUP 1
#define SIGINT 2
#define SIGQUIT 3
#define SIGILL 4
#define SIGTRAP 5
#define SIGABRT 6
#define SIGBUS 7
#define SIGFPE 8
#define SIGKILL 9
#define SIGUSR1 10
#define SIGSEGV 11
#define SIGUSR2 12
#define SIGPIPE 13
#define SIGALRM 14
#define SIGTERM 15
#define NSIG 16 /**< one more than the highest */

/** Ends a process that the caller has started, or one of those. @param signal 0: only finds out
 * whether there is such a process @return 0; -1: ESRCH, EPERM, EINVAL */
int kill(pid_t process, int signal);
