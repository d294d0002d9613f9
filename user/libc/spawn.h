/**
 * @file
 * Starting programs. There is no fork: a program is started from its file, in a process of its own,
 * with exactly the open files that it is to have.
 */
#pragma once

#include <sys/types.h>

/** An open file that the new process gets. */
struct spawn_file {
    int from; /**< a descriptor of the caller */
    int to;   /**< what it is in the new process, 0 to OPEN_MAX - 1 */
};

/** Enum init_power: which of its own powers a program gives to those that it starts. All of them
 * in the beginning. */
extern unsigned spawn_powers;

/**
 * Starts a program, in the caller's current directory. A file that begins with `#!` is given to the
 * interpreter that its first line names. @param path is not looked for in PATH
 * @param envp NULL: environ @return its process id; -1: ENOENT, EACCES, ENOEXEC, E2BIG, ...
 */
pid_t spawn(const char *path, char *const argv[], char *const envp[],
            const struct spawn_file *files, unsigned count);
