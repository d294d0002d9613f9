/**
 * @file
 * Commands that run in the background.
 */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

struct shell;

/** A command in the background. */
struct job {
    struct job *next;
    unsigned number; /**< from 1 on: %1 */
    pid_t pid;       /**< of its last process */
    bool has_ended;
    int status;       /**< then: its exit status */
    bool is_subshell; /**< the text stood between parentheses */
    char text[];
};

/** All of them. */
struct jobs {
    struct job *first; /**< by number */
    pid_t last;        /**< $!; 0: none yet */
};

void jobs_add(struct shell *shell, pid_t pid, const char *text, bool is_subshell);
void jobs_look(struct shell *shell);
void jobs_tell_ended(struct shell *shell);
int jobs_list(struct shell *shell);
struct job *jobs_find(struct shell *shell, const char *word);
int jobs_wait(struct shell *shell, struct job *job);
int jobs_wait_all(struct shell *shell);
void jobs_free(struct jobs *jobs);
