/**
 * @file
 * Built-in commands that decide what is run next: break, continue, return, exit, eval, exec, ".".
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "builtin.h"
#include "execute.h"

/** break and continue. */
int builtin_break(struct shell *shell, size_t count, char **words)
{
    long levels = 1;

    if (count > 2) {
        return builtin_usage(shell, words[0]);
    }
    if (count == 2 && (!builtin_number(shell, words[0], words[1], &levels) || levels == 0)) {
        shell_give_up(shell, STATUS_WRONG);
        return STATUS_WRONG;
    }
    if (shell->loops != 0) {
        shell->leaving = words[0][0] == 'b' ? LEAVING_LOOP : LEAVING_TURN;
        shell->levels = levels < (long)shell->loops ? (unsigned)levels : shell->loops;
    }
    return 0;
}

/** Leaves something with a status: the one that is said, or $?. @return the status */
static int leave(struct shell *shell, size_t count, char **words, enum leaving leaving)
{
    long status = shell->status;

    if (count > 2 || (count == 2 && !builtin_number(shell, words[0], words[1], &status))) {
        shell_give_up(shell, STATUS_WRONG);
        return STATUS_WRONG;
    }
    shell->status = (int)(status & 0xFF);
    shell->leaving = leaving;
    return shell->status;
}

/** Ends a function or a file that is read by "."; the shell, if there is none. */
int builtin_return(struct shell *shell, size_t count, char **words)
{
    return leave(shell, count, words, shell->calls != 0 ? LEAVING_FUNCTION : LEAVING_SHELL);
}

/** Ends the shell. */
int builtin_exit(struct shell *shell, size_t count, char **words)
{
    return leave(shell, count, words, LEAVING_SHELL);
}

/** Runs its words, with blanks between them, as a command. */
int builtin_eval(struct shell *shell, size_t count, char **words)
{
    struct text text = {0};
    struct input input;
    int status;

    for (size_t i = 1; i < count; i++) {
        text_add_string(&text, words[i]);
        text_add_byte(&text, ' ');
    }
    if (text.failed) {
        text_free(&text);
        shell_say(shell, "eval: not enough memory");
        return STATUS_FAILED;
    }
    input_from_string(&input, text_string(&text), text.length);
    shell->status = 0;
    status = shell_run(shell, &input, shell->line);
    text_free(&text);
    return status;
}

/** Opens a file that is to be read by ".". @return the shell's descriptor; -1 */
static int open_in_path(struct shell *shell, const char *name)
{
    const char *folder = variables_get(&shell->variables, "PATH");
    char path[PATH_MAX];
    int descriptor = -1;

    if (strchr(name, '/') != NULL || folder == NULL) {
        return open(name, O_RDONLY);
    }
    errno = ENOENT;
    while (descriptor < 0 && folder != NULL) {
        size_t length = strcspn(folder, ":");

        if (length + strlen(name) + 2 <= sizeof(path)) {
            memcpy(path, folder, length);
            path[length] = '/';
            strcpy(path + length + 1, name);
            descriptor = open(length == 0 ? name : path, O_RDONLY);
        }
        folder = folder[length] == '\0' ? NULL : folder + length + 1;
    }
    return descriptor < 0 ? open(name, O_RDONLY) : descriptor;
}

/** Runs the commands in a file, in this shell. */
int builtin_dot(struct shell *shell, size_t count, char **words)
{
    struct input input;
    int descriptor, status;

    if (count != 2) {
        return builtin_usage(shell, words[0]);
    }
    descriptor = open_in_path(shell, words[1]);
    if (descriptor < 0) {
        shell_say(shell, ".: %s: %s", words[1], strerror(errno));
        shell_give_up(shell, STATUS_WRONG);
        return STATUS_WRONG;
    }
    input_from_file(&input, descriptor, false);
    shell->status = 0;
    shell->calls++;
    status = shell_run(shell, &input, 1);
    shell->calls--;
    close(descriptor);
    if (shell->leaving == LEAVING_FUNCTION) {
        shell->leaving = LEAVING_NOTHING;
        status = shell->status;
    }
    return status;
}

/** Keeps redirections for good; with a program's name, ends the shell with the program's status: a
 * process cannot become another program here. */
int builtin_exec(struct shell *shell, size_t count, char **words)
{
    struct arena arena = {0};
    char **environment;
    pid_t pid;

    if (count == 1) {
        files_keep(shell);
        return 0;
    }
    environment = variables_environment(&shell->variables, &arena);
    if (environment == NULL) {
        shell_say(shell, "exec: not enough memory");
        shell->status = STATUS_NOT_EXECUTABLE;
    } else if (process_start_program(shell, words + 1, environment, &pid)) {
        shell->status = process_wait(shell, &pid, 1);
    }
    arena_free(&arena);
    if (shell->leaving == LEAVING_NOTHING) {
        shell->leaving = LEAVING_SHELL;
    }
    return shell->status;
}
