/**
 * @file
 * Simple commands: assignments, a name, words. See execute.h.
 */
#include <stdlib.h>
#include <string.h>

#include "builtin.h"
#include "execute.h"
#include "expand.h"

/** What a variable was before an assignment that only one command is to see. */
struct saved {
    const char *name;
    char *value; /**< NULL: it had none */
    bool was_exported;
    struct saved *next;
};

/** Gives variables their values. @param saved if not NULL: they are exported, and what they were is
 * noted there @return false: it could not be done, which was told */
static bool assign(struct shell *shell, struct arena *arena, const struct word *word,
                   struct saved **saved)
{
    const char *name, *value, *old;
    struct saved *note;

    for (; word != NULL; word = word->next) {
        if (!expand_assignment(shell, arena, word, &name, &value)) {
            return false;
        }
        if (saved != NULL && (note = arena_take(arena, sizeof(*note))) != NULL) {
            old = variables_get(&shell->variables, name);
            *note = (struct saved){.name = name, .next = *saved};
            note->value = old == NULL ? NULL : arena_copy(arena, old, strlen(old));
            note->was_exported = variables_is_exported(&shell->variables, name);
            *saved = note;
            variables_export(&shell->variables, name, true);
        }
        if (!variables_set(&shell->variables, name, value)) {
            shell_say(shell, "%s: not enough memory", name);
            return false;
        }
    }
    return true;
}

/** Makes variables what they were; what was noted last goes first. */
static void restore(struct shell *shell, const struct saved *saved)
{
    for (; saved != NULL; saved = saved->next) {
        if (saved->value == NULL && !saved->was_exported) {
            variables_unset(&shell->variables, saved->name);
        } else {
            variables_set(&shell->variables, saved->name, saved->value);
            variables_export(&shell->variables, saved->name, saved->was_exported);
        }
    }
}

/** Shows a command before it is run (-x). */
static void show(struct shell *shell, const struct fields *fields)
{
    struct text text = {0};

    text_add_byte(&text, '+');
    for (size_t i = 0; i < fields->count; i++) {
        text_add_byte(&text, ' ');
        text_add_string(&text, fields->words[i]);
    }
    text_add_byte(&text, '\n');
    files_write(shell, 2, &text);
    text_free(&text);
}

/**
 * Starts the program that a simple command is, with the files of the present table.
 *
 * @param shell   the shell
 * @param node    the command: its assignments
 * @param fields  its words, at least one
 * @param pid     set
 * @return false: it cannot be started, which was told; $? is set
 */
bool simple_start(struct shell *shell, const struct node *node, const struct fields *fields,
                  pid_t *pid)
{
    struct arena arena = {0};
    struct saved *saved = NULL;
    char **environment = NULL;

    if (shell->options.shows_commands) {
        show(shell, fields);
    }
    if (assign(shell, &arena, node->assignments, &saved)) {
        environment = variables_environment(&shell->variables, &arena);
    }
    restore(shell, saved);
    if (environment == NULL) {
        shell->status = STATUS_NOT_EXECUTABLE;
    } else if (process_start_program(shell, fields->words, environment, pid)) {
        arena_free(&arena);
        return true;
    }
    arena_free(&arena);
    return false;
}

/** Runs a program and waits for it. A script whose programs write for nobody ends, as it would if
 * it wrote itself. */
static int run_program(struct shell *shell, const struct node *node, const struct fields *fields)
{
    int status;
    pid_t pid;

    if (!simple_start(shell, node, fields, &pid)) {
        return shell->status;
    }
    status = process_wait(shell, &pid, 1);
    if (status == STATUS_PIPE && !shell->is_interactive) {
        shell_give_up(shell, status);
    }
    return status;
}

/** Runs a function or a built-in command. One of them is NULL. */
static int run_inside(struct shell *shell, const struct node *node, const struct fields *fields,
                      struct function *function, const struct builtin *builtin)
{
    bool is_special = builtin != NULL && builtin->is_special;
    struct arena arena = {0};
    struct saved *saved = NULL;
    int status = STATUS_WRONG;

    if (shell->options.shows_commands) {
        show(shell, fields);
    }
    if (assign(shell, &arena, node->assignments, is_special ? NULL : &saved)) {
        status = function != NULL
                     ? execute_function(shell, function, fields->words + 1, fields->count - 1)
                     : builtin->run(shell, fields->count, fields->words);
    }
    restore(shell, saved);
    arena_free(&arena);
    return status;
}

/** Runs what the first word names: a special built-in command, a function, another built-in command
 * or a program (POSIX 2.9.1). */
static int run_words(struct shell *shell, const struct node *node, const struct fields *fields)
{
    const struct builtin *builtin = builtin_find(fields->words[0]);
    struct function *function = NULL;

    if (builtin == NULL || !builtin->is_special) {
        function = functions_find(&shell->functions, fields->words[0]);
    }
    if (function == NULL && builtin == NULL) {
        return run_program(shell, node, fields);
    }
    return run_inside(shell, node, fields, function, function == NULL ? builtin : NULL);
}

/** Makes assignments that no command follows. @return the status of the last $(...) in them */
static int run_assignments(struct shell *shell, const struct node *node)
{
    struct arena arena = {0};
    bool done = assign(shell, &arena, node->assignments, NULL);

    arena_free(&arena);
    return done ? shell->substituted : STATUS_WRONG;
}

/** Ends a command whose redirections failed: the script too, if it is a special built-in one. */
static int fail_redirection(struct shell *shell, const struct fields *fields)
{
    const struct builtin *builtin = fields->count == 0 ? NULL : builtin_find(fields->words[0]);

    if (builtin != NULL && builtin->is_special) {
        shell_give_up(shell, STATUS_WRONG);
    }
    return STATUS_WRONG;
}

/** Runs a simple command. @return its status */
int execute_simple(struct shell *shell, const struct node *node)
{
    struct arena arena = {0};
    struct fields fields = {.arena = &arena};
    struct files files;
    int status = STATUS_WRONG;

    shell->substituted = 0;
    if (expand_words(shell, node->words, &fields)) {
        if (!files_enter(shell, &files, node->redirections)) {
            status = fail_redirection(shell, &fields);
        } else {
            if (fields.count != 0) {
                status = run_words(shell, node, &fields);
            } else {
                status = run_assignments(shell, node);
            }
            if (shell->files == &files) { /* exec may have kept it */
                files_leave(shell);
            }
        }
    }
    arena_free(&arena);
    return status;
}
