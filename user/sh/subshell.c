/**
 * @file
 * Other shells, which run a part of a command with what this one knows: there is no fork.
 *
 * The new shell gets, through a pipe, a script that makes its variables, functions and parameters
 * what they are here, a NUL, and the source of what it is to run. Numbers that it cannot find out
 * stand among its arguments: see main.c.
 */
#include "subshell.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "execute.h"
#include "path.h"

/** Adds variables, which exported ones need not be: they come with the environment. */
static void add_variables(const struct variables *variables, struct text *state)
{
    for (const struct variable *each = variables->first; each != NULL; each = each->next) {
        if (each->is_exported && each->value == NULL) {
            text_add_string(state, "export ");
            text_add_string(state, each->name);
            text_add_byte(state, '\n');
        } else if (!each->is_exported && each->value != NULL) {
            text_add_string(state, each->name);
            text_add_byte(state, '=');
            text_add_quoted(state, each->value);
            text_add_byte(state, '\n');
        }
    }
}

static void add_functions(const struct functions *functions, struct text *state)
{
    for (const struct function *each = functions->first; each != NULL; each = each->next) {
        text_add_string(state, each->name);
        text_add_string(state, "()\n");
        text_add_string(state, each->text);
        text_add_byte(state, '\n');
    }
}

/** Adds options and parameters. Options come last: the script is not to be shown. */
static void add_settings(const struct shell *shell, struct text *state)
{
    text_add_string(state, "set --");
    for (size_t i = 0; i < shell->arguments.count; i++) {
        text_add_byte(state, ' ');
        text_add_quoted(state, shell->arguments.words[i]);
    }
    text_add_string(state, shell->options.exits_on_error ? "\nset -e" : "");
    text_add_string(state, shell->options.takes_no_pattern ? "\nset -f" : "");
    text_add_string(state, shell->options.needs_variables ? "\nset -u" : "");
    text_add_string(state, shell->options.shows_commands ? "\nset -x" : "");
    text_add_byte(state, '\n');
}

/** Writes all of a text to a pipe whose other end a new shell has. */
static void send(int descriptor, struct text *text)
{
    const char *from = text_string(text);
    size_t left = text->length;
    ssize_t done = 1;

    while (left != 0 && done > 0) {
        done = write(descriptor, from, left); /* fails only if the shell has been ended */
        from += done > 0 ? done : 0;
        left -= done > 0 ? (size_t)done : 0;
    }
}

/** Starts the program. @param script the pipe's end that it reads */
static pid_t start(struct shell *shell, int script)
{
    struct spawn_file files[FILES_MAX + 1];
    unsigned count = files_to_spawn(shell->files, files);
    struct arena arena = {0};
    char **environment = variables_environment(&shell->variables, &arena);
    char facts[80];
    char *const words[] = {"sh", SUBSHELL_OPTION, facts, (char *)shell->name, NULL};
    pid_t pid = -1;

    snprintf(facts, sizeof(facts), SUBSHELL_FACTS, (int)shell->pid, (int)shell->jobs.last,
             shell->status, (int)shell->line, shell->tested != 0);
    files[count++] = (struct spawn_file){.from = script, .to = SUBSHELL_DESCRIPTOR};
    if (environment != NULL) {
        pid = spawn(SHELL_PATH, words, environment, files, count);
    } else {
        errno = ENOMEM;
    }
    arena_free(&arena);
    return pid;
}

/** Says why there is no other shell. */
static bool fail(struct shell *shell)
{
    shell_say(shell, "cannot start another shell: %s", strerror(errno));
    shell->status = STATUS_NOT_EXECUTABLE;
    return false;
}

/**
 * Starts another shell, with the files of the present table.
 *
 * @param shell  the shell
 * @param text   the source of what it runs
 * @param pid    set
 * @return false: it cannot be started, which was told; $? is set
 */
bool process_start_shell(struct shell *shell, const char *text, pid_t *pid)
{
    struct text state = {0};
    int ends[2];

    if (pipe(ends) != 0) {
        return fail(shell);
    }
    add_variables(&shell->variables, &state);
    add_functions(&shell->functions, &state);
    add_settings(shell, &state);
    text_add_byte(&state, '\0');
    text_add_string(&state, text);
    errno = ENOMEM;
    *pid = state.failed ? -1 : start(shell, ends[0]);
    if (*pid < 0) {
        fail(shell);
    }
    close(ends[0]);
    if (*pid >= 0) {
        send(ends[1], &state);
    }
    close(ends[1]);
    text_free(&state);
    return *pid >= 0;
}
