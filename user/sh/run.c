/**
 * @file
 * Reading commands and running them, one after the other. See shell.h.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "execute.h"
#include "interrupt.h"
#include "parser.h"
#include "shell.h"

#define PROMPT "MicroK> " /* unless PS1 says otherwise */
#define NEXT_PROMPT "> "  /* PS2: the command goes on */

/** Makes words the positional parameters. @return false: there is no memory; nothing has changed */
bool shell_set_arguments(struct shell *shell, char *const *words, size_t count)
{
    struct arguments arguments = {0};
    struct fields fields = {.arena = &arguments.arena};

    for (size_t i = 0; i < count; i++) {
        fields_add(&fields, words[i], strlen(words[i]));
    }
    if (fields.failed) {
        arena_free(&arguments.arena);
        return false;
    }
    arguments.words = fields.words;
    arguments.count = fields.count;
    arena_free(&shell->arguments.arena);
    shell->arguments = arguments;
    return true;
}

/** Says why what was read is no command. */
static void tell_error(struct shell *shell, const struct program *program)
{
    unsigned line = shell->line;

    shell->line = program->line;
    shell_say(shell, "%s", program->error);
    shell->line = line;
    shell_give_up(shell, STATUS_WRONG);
}

/** Reads a command and runs it. @return whether there may be more */
static bool run_next(struct shell *shell, struct input *input, struct program *program)
{
    switch (parser_read(program, input)) {
    case PARSER_COMMAND:
        if (shell->depth == 0 && shell->takes_interrupts) {
            shell->interrupts = interrupt_count();
        }
        execute_list(shell, program->list);
        return true;
    case PARSER_ERROR:
        tell_error(shell, program);
        return true;
    case PARSER_FAILED:
        shell_say(shell, "cannot read commands: %s", strerror(errno));
        shell->status = STATUS_FAILED;
        return false;
    case PARSER_INTERRUPTED:
        shell_give_up(shell, STATUS_INTERRUPTED);
        return true;
    default:
        return false;
    }
}

/**
 * Runs all commands of an input.
 *
 * @param shell  the shell
 * @param input  where they come from
 * @param line   the number of its first line
 * @return $? in the end
 */
int shell_run(struct shell *shell, struct input *input, unsigned line)
{
    struct program program = {.line = line};

    while (shell->leaving == LEAVING_NOTHING && run_next(shell, input, &program)) {
    }
    parser_free(&program);
    return shell->status;
}

/** @return a variable's value, or what it is without one */
static const char *value_or(const struct shell *shell, const char *name, const char *otherwise)
{
    const char *value = variables_get(&shell->variables, name);

    return value == NULL ? otherwise : value;
}

/**
 * Runs what somebody types. After an error or Ctrl-C there is a new prompt.
 *
 * @param shell  the shell
 * @param input  the terminal
 * @return $? in the end
 */
int shell_run_terminal(struct shell *shell, struct input *input)
{
    struct program program = {0};
    bool more = true;

    while (more && shell->leaving != LEAVING_SHELL) {
        jobs_tell_ended(shell);
        interrupt_listen(input->descriptor);
        input->prompt = value_or(shell, "PS1", PROMPT);
        input->next = value_or(shell, "PS2", NEXT_PROMPT);
        more = run_next(shell, input, &program);
        if (shell->leaving == LEAVING_COMMAND) {
            shell->leaving = LEAVING_NOTHING;
            input_forget_line(input);
        }
    }
    parser_free(&program);
    return shell->status;
}
