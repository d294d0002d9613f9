/**
 * @file
 * Waiting for processes to end (IEEE 1003.1, sys/wait.h).
 */
#pragma once

#include <sys/types.h>

#define WNOHANG 1 /**< do not wait */

/* What a status says: bits 15 to 8 exit status, bits 6 to 0 signal that has ended it. */

#define WTERMSIG(status) ((status)&0x7F)
#define WIFEXITED(status) (WTERMSIG(status) == 0)
#define WIFSIGNALED(status) (WTERMSIG(status) != 0)
#define WEXITSTATUS(status) ((status) >> 8 & 0xFF)
#define WIFSTOPPED(status) 0

/** Waits for a process that the caller has started. @param process -1: any @param status set, if
 * not NULL @return which; 0: WNOHANG, and none has ended; -1: ECHILD, EINTR (Ctrl-C), EINVAL */
pid_t waitpid(pid_t process, int *status, int options);
pid_t wait(int *status);
