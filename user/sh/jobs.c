/**
 * @file
 * Commands that run in the background: see jobs.h.
 */
#include "jobs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "execute.h"
#include "shell.h"

#define TEXT_MAX 60u  /* bytes of a command that are kept, to show it */
#define ENDED_MAX 32u /* jobs whose status is kept, though nobody may ask for it */

/** Adds a line about a job. */
static void add_line(struct text *text, const struct job *job)
{
    text_add_byte(text, '[');
    text_add_number(text, (long)job->number);
    text_add_string(text, "] ");
    if (!job->has_ended) {
        text_add_string(text, "Running");
    } else if (job->status == 0) {
        text_add_string(text, "Done");
    } else {
        text_add_string(text, "Done (");
        text_add_number(text, job->status);
        text_add_byte(text, ')');
    }
    text_add_string(text, job->is_subshell ? "  (" : "  ");
    text_add_string(text, job->text);
    text_add_string(text, job->is_subshell ? ")\n" : "\n");
}

static void forget(struct jobs *jobs, struct job *job)
{
    struct job **place = &jobs->first;

    while (*place != job) {
        place = &(*place)->next;
    }
    *place = job->next;
    free(job);
}

/** Forgets the oldest job that has ended, if too many have. */
static void forget_oldest(struct jobs *jobs)
{
    struct job *oldest = NULL;
    unsigned ended = 0;

    for (struct job *job = jobs->first; job != NULL; job = job->next) {
        ended += job->has_ended;
        oldest = oldest == NULL && job->has_ended ? job : oldest;
    }
    if (ended > ENDED_MAX) {
        forget(jobs, oldest);
    }
}

/** @return a new job with the lowest free number, in its place; NULL: there is no memory */
static struct job *make(struct jobs *jobs, const char *text)
{
    size_t length = strcspn(text, "\n");
    struct job **place = &jobs->first;
    struct job *job;
    unsigned number = 1;

    length = length > TEXT_MAX ? TEXT_MAX : length;
    while (length != 0 && text[length - 1] == ' ') {
        length--;
    }
    job = calloc(1, sizeof(*job) + length + 1);
    if (job == NULL) {
        return NULL;
    }
    memcpy(job->text, text, length);
    while (*place != NULL && (*place)->number == number) {
        place = &(*place)->next;
        number++;
    }
    job->number = number;
    job->next = *place;
    *place = job;
    return job;
}

/** Notes a process that runs in the background. @param text its source, without the parentheses of
 * a subshell */
void jobs_add(struct shell *shell, pid_t pid, const char *text, bool is_subshell)
{
    struct job *job = make(&shell->jobs, text);

    shell->jobs.last = pid;
    if (job == NULL) {
        shell_say(shell, "not enough memory to remember process %d", (int)pid);
        return;
    }
    job->pid = pid;
    job->is_subshell = is_subshell;
    if (shell->is_interactive) {
        struct text line = {0};

        text_add_byte(&line, '[');
        text_add_number(&line, (long)job->number);
        text_add_string(&line, "] ");
        text_add_number(&line, pid);
        text_add_byte(&line, '\n');
        files_write(shell, 2, &line);
        text_free(&line);
    }
}

/** Looks which jobs have ended, without waiting. */
void jobs_look(struct shell *shell)
{
    int status;

    for (struct job *job = shell->jobs.first; job != NULL; job = job->next) {
        if (!job->has_ended && waitpid(job->pid, &status, WNOHANG) == job->pid) {
            job->has_ended = true;
            job->status = process_status(status);
        }
    }
    forget_oldest(&shell->jobs);
}

/** Tells which jobs have ended since the last time, and forgets them. */
void jobs_tell_ended(struct shell *shell)
{
    struct text text = {0};
    struct job *next;

    jobs_look(shell);
    for (struct job *job = shell->jobs.first; job != NULL; job = next) {
        next = job->next;
        if (job->has_ended) {
            add_line(&text, job);
            forget(&shell->jobs, job);
        }
    }
    files_write(shell, 2, &text);
    text_free(&text);
}

/** Lists all jobs. @return the status of the command that does it */
int jobs_list(struct shell *shell)
{
    struct text text = {0};
    struct job *next;
    int status;

    jobs_look(shell);
    for (struct job *job = shell->jobs.first; job != NULL; job = next) {
        next = job->next;
        add_line(&text, job);
        if (job->has_ended) {
            forget(&shell->jobs, job);
        }
    }
    status = files_write(shell, 1, &text);
    text_free(&text);
    return status;
}

/** @return the job that %NUMBER or a process id names; NULL: there is none */
struct job *jobs_find(struct shell *shell, const char *word)
{
    bool is_number = word[0] == '%';
    char *end;
    long number = strtol(word + is_number, &end, 10);
    struct job *job = end == word + is_number || *end != '\0' ? NULL : shell->jobs.first;

    while (job != NULL && number != (is_number ? (long)job->number : (long)job->pid)) {
        job = job->next;
    }
    return job;
}

/** Waits for a job to end, and forgets it. @return its status; STATUS_INTERRUPTED after Ctrl-C */
int jobs_wait(struct shell *shell, struct job *job)
{
    int status = 0;

    while (!job->has_ended) {
        if (waitpid(job->pid, &status, 0) == job->pid) {
            job->has_ended = true;
            job->status = process_status(status);
        } else if (errno != EINTR) {
            job->has_ended = true; /* it is not there any more */
            job->status = STATUS_NOT_FOUND;
        } else if (shell->takes_interrupts) {
            shell_give_up(shell, STATUS_INTERRUPTED);
            return STATUS_INTERRUPTED;
        }
    }
    status = job->status;
    forget(&shell->jobs, job);
    return status;
}

/** Waits for all jobs to end. @return 0; STATUS_INTERRUPTED after Ctrl-C */
int jobs_wait_all(struct shell *shell)
{
    while (shell->jobs.first != NULL) {
        if (jobs_wait(shell, shell->jobs.first) == STATUS_INTERRUPTED &&
            shell->leaving != LEAVING_NOTHING) {
            return STATUS_INTERRUPTED;
        }
    }
    return 0;
}

/** Forgets all jobs; they go on. */
void jobs_free(struct jobs *jobs)
{
    while (jobs->first != NULL) {
        forget(jobs, jobs->first);
    }
}
