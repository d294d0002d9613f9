/**
 * @file
 * The host's stand-in for user/libc/spawn.h, beside the host's own spawn.h.
 */
#pragma once

#include_next <spawn.h>

/** An open file that the new process gets. */
struct spawn_file {
    int from, to;
};

extern unsigned spawn_powers;

pid_t spawn(const char *path, char *const argv[], char *const envp[],
            const struct spawn_file *files, unsigned count);
