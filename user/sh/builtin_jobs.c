/**
 * @file
 * Built-in commands for processes: jobs, wait, kill.
 */
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "builtin.h"
#include "interrupt.h"

/** A signal's name. */
struct signal_name {
    const char *name;
    int number;
};

static const struct signal_name names[] = {
    {"HUP", SIGHUP},   {"INT", SIGINT},   {"QUIT", SIGQUIT}, {"ILL", SIGILL},   {"TRAP", SIGTRAP},
    {"ABRT", SIGABRT}, {"BUS", SIGBUS},   {"FPE", SIGFPE},   {"KILL", SIGKILL}, {"USR1", SIGUSR1},
    {"SEGV", SIGSEGV}, {"USR2", SIGUSR2}, {"PIPE", SIGPIPE}, {"ALRM", SIGALRM}, {"TERM", SIGTERM},
};

/** Lists what runs in the background. */
int builtin_jobs(struct shell *shell, size_t count, char **words)
{
    return count > 1 ? builtin_usage(shell, words[0]) : jobs_list(shell);
}

/** Waits for what runs in the background. */
int builtin_wait(struct shell *shell, size_t count, char **words)
{
    int status = 0;

    if (count == 1) {
        return jobs_wait_all(shell);
    }
    for (size_t i = 1; i < count && shell->leaving == LEAVING_NOTHING; i++) {
        struct job *job = jobs_find(shell, words[i]);

        status = job == NULL ? STATUS_NOT_FOUND : jobs_wait(shell, job);
    }
    return status;
}

static int list_signals(struct shell *shell)
{
    struct text text = {0};
    int status;

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        text_add_number(&text, names[i].number);
        text_add_byte(&text, ' ');
        text_add_string(&text, names[i].name);
        text_add_byte(&text, '\n');
    }
    status = files_write(shell, 1, &text);
    text_free(&text);
    return status;
}

/** @return the number of a signal: digits, or its name, maybe with SIG before it; -1: none */
static int signal_of(const char *word)
{
    const char *name = strncasecmp(word, "SIG", 3) == 0 ? word + 3 : word;
    char *end;
    long number = strtol(word, &end, 10);

    if (isdigit((unsigned char)word[0]) && *end == '\0') {
        return number < NSIG ? (int)number : -1;
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcasecmp(name, names[i].name) == 0) {
            return names[i].number;
        }
    }
    return -1;
}

/** Ends one process, or a job with all that it has started; -1: all that the shell has. @return
 * status */
static int end(struct shell *shell, const char *word, int number)
{
    struct job *job = jobs_find(shell, word);
    char *behind;
    long pid = strtol(word, &behind, 10);

    if (word[0] == '%' && job != NULL) {
        if (!job->has_ended) {
            interrupt_end(job->pid, number);
        }
        return 0;
    }
    if (strcmp(word, "-1") == 0) {
        if (number != 0) {
            interrupt_end(getpid(), number);
        }
        return 0;
    }
    if (!isdigit((unsigned char)word[0]) || *behind != '\0' || pid <= 0) {
        shell_say(shell, "kill: %s: no process or job", word);
        return STATUS_FAILED;
    }
    if (pid == getpid() && number != 0) { /* nobody but an ancestor may end a process */
        shell->status = STATUS_SIGNAL + number;
        shell->leaving = LEAVING_SHELL;
        return shell->status;
    }
    if (kill((pid_t)pid, number) != 0) {
        shell_say(shell, "kill: %s: %s", word, strerror(errno));
        return STATUS_FAILED;
    }
    return 0;
}

/** Ends processes that this shell has started, or those have: POSIX's kill, with signals that all
 * end. */
int builtin_kill(struct shell *shell, size_t count, char **words)
{
    size_t next = 1;
    int number = SIGTERM;
    int status = 0;

    if (count == 2 && strcmp(words[1], "-l") == 0) {
        return list_signals(shell);
    }
    if (count > 2 && strcmp(words[1], "-s") == 0) {
        number = signal_of(words[2]);
        next = 3;
    } else if (count > 1 && words[1][0] == '-' && strcmp(words[1], "--") != 0) {
        number = signal_of(words[1] + 1);
        next = 2;
    }
    next += next < count && strcmp(words[next], "--") == 0;
    if (number < 0 || next >= count) {
        return builtin_usage(shell, words[0]);
    }
    for (; next < count && shell->leaving == LEAVING_NOTHING; next++) {
        status |= end(shell, words[next], number);
    }
    return status;
}
