/**
 * @file
 * Commands that run at the same time: pipelines, and the background. See execute.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "execute.h"

/** A pipeline that is started, from left to right. */
struct pipeline {
    struct shell *shell;
    pid_t *pids;
    unsigned count;
    int input;      /**< what the next command reads; -1: what the shell's commands read */
    bool last_runs; /**< the last command has been started: its status counts */
};

/** Makes a pipe to the next command. @param ends set; -1: none is needed */
static bool open_pipe(struct shell *shell, const struct node *command, int ends[2])
{
    ends[0] = ends[1] = -1;
    if (command->next != NULL && pipe(ends) != 0) {
        shell_say(shell, "a pipe: %s", strerror(errno));
        shell->status = STATUS_NOT_EXECUTABLE;
        return false;
    }
    return true;
}

/** Starts one command. @return false: no pipe; what is left is not started */
static bool start_command(struct pipeline *pipeline, const struct node *command)
{
    struct shell *shell = pipeline->shell;
    struct files files;
    int ends[2];

    files_enter(shell, &files, NULL);
    if (pipeline->input >= 0) {
        files_set(&files, STDIN_FILENO, pipeline->input);
        pipeline->input = -1;
    }
    if (!open_pipe(shell, command, ends)) {
        files_leave(shell);
        pipeline->last_runs = false;
        return false;
    }
    if (ends[1] >= 0) {
        files_set(&files, STDOUT_FILENO, ends[1]);
    }
    pipeline->last_runs =
        process_start(shell, command, command->text, &pipeline->pids[pipeline->count]);
    pipeline->count += pipeline->last_runs;
    files_leave(shell);
    pipeline->input = ends[0];
    return true;
}

static unsigned count_commands(const struct node *command)
{
    unsigned count = 0;

    for (; command != NULL; command = command->next) {
        count++;
    }
    return count;
}

/** Runs commands with pipes between them. @return the last one's status */
static int run_commands(struct shell *shell, const struct node *node)
{
    struct arena arena = {0};
    struct pipeline pipeline = {.shell = shell, .input = -1};
    const struct node *command = node->first;
    int status;

    pipeline.pids = arena_take(&arena, count_commands(command) * sizeof(pid_t));
    if (pipeline.pids == NULL) {
        shell_say(shell, "not enough memory for a pipeline");
        return STATUS_NOT_EXECUTABLE;
    }
    while (command != NULL && shell->leaving == LEAVING_NOTHING &&
           start_command(&pipeline, command)) {
        command = command->next;
    }
    if (pipeline.input >= 0) {
        close(pipeline.input);
    }
    status = shell->status;
    if (pipeline.count != 0) {
        int last = process_wait(shell, pipeline.pids, pipeline.count);

        status = pipeline.last_runs ? last : status;
    }
    arena_free(&arena);
    return status;
}

/** Runs a pipeline, which may be one command with a ! before it. @return its status */
int execute_pipeline(struct shell *shell, const struct node *node)
{
    int status;

    shell->tested += node->is_negated;
    status =
        node->first->next == NULL ? execute_node(shell, node->first) : run_commands(shell, node);
    shell->tested -= node->is_negated;
    return node->is_negated ? status == 0 : status;
}

/** Starts a command in the background: it reads nothing, and Ctrl-C does not end it. */
void execute_background(struct shell *shell, const struct node *node)
{
    struct files files;
    pid_t pid;
    int nothing;

    jobs_look(shell); /* what has ended makes room */
    files_enter(shell, &files, NULL);
    nothing = open("/dev/null", O_RDONLY);
    files_set(&files, STDIN_FILENO, nothing);
    if (process_start(shell, node, node->text, &pid)) {
        shell->status = 0;
        jobs_add(shell, pid, node->text, node->kind == NODE_SUBSHELL);
    }
    files_leave(shell);
}
