/**
 * @file
 * What the shell needs of MicroK, made of what the host has.
 */
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "interrupt.h"

#define ABOVE 100  /* the shell's own descriptors are lower: a place to keep copies */
#define HIGHEST 10 /* a program gets none above */

static bool is_given(int to, const struct spawn_file *files, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        if (files[i].to == to) {
            return true;
        }
    }
    return false;
}

/** Gives a program these files, and no others. */
static void give(posix_spawn_file_actions_t *actions, const struct spawn_file *files,
                 unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        posix_spawn_file_actions_adddup2(actions, files[i].from, ABOVE + (int)i);
    }
    for (unsigned i = 0; i < count; i++) {
        posix_spawn_file_actions_adddup2(actions, ABOVE + (int)i, files[i].to);
    }
    for (int to = 0; to <= HIGHEST; to++) {
        if (!is_given(to, files, count)) {
            posix_spawn_file_actions_addclose(actions, to);
        }
    }
    posix_spawn_file_actions_addclosefrom_np(actions, HIGHEST + 1);
}

/** Starts a program: see user/libc/spawn.h. */
pid_t spawn(const char *path, char *const argv[], char *const envp[],
            const struct spawn_file *files, unsigned count)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t changed;
    pid_t pid;

    sigemptyset(&changed);
    sigaddset(&changed, SIGPIPE);
    sigaddset(&changed, SIGINT);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &changed);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    posix_spawn_file_actions_init(&actions);
    give(&actions, files, count);
    errno = posix_spawn(&pid, path, &actions, &attributes, argv, envp);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return errno == 0 ? pid : -1;
}

/** Ends a process. Only MicroK knows whose children there are. */
void interrupt_end(pid_t pid, int number)
{
    kill(pid, number);
}

/** Nothing: the host's terminal gives lines. */
void interrupt_listen(int terminal)
{
    (void)terminal;
}

unsigned spawn_powers; /* the host's programs have none */

static volatile sig_atomic_t interrupts;

static void interrupt(int number)
{
    (void)number;
    interrupts++;
}

/** @return how often Ctrl-C was typed */
unsigned long interrupt_count(void)
{
    return (unsigned long)interrupts;
}

/** MicroK has no signal for a pipe that nobody reads, and Ctrl-C only ends waiting. */
__attribute__((constructor)) static void begin(void)
{
    struct sigaction action = {.sa_handler = interrupt};

    signal(SIGPIPE, SIG_IGN);
    sigaction(SIGINT, &action, NULL);
}
