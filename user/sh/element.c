/**
 * @file
 * A command as a process of its own. See execute.h.
 */
#include <string.h>

#include "builtin.h"
#include "execute.h"
#include "expand.h"

/** @return whether expansion of parts can change this shell: then another one has to do it */
static bool has_effects(const struct shell *shell, const struct part *parts)
{
    for (; parts != NULL; parts = parts->next) {
        enum part_operator operation = parts->operation;

        if (parts->kind == PART_ARITHMETIC || operation == OPERATOR_ASSIGN ||
            operation == OPERATOR_ERROR || has_effects(shell, parts->inner) ||
            (parts->kind == PART_PARAMETER && shell->options.needs_variables)) {
            return true;
        }
    }
    return false;
}

static bool any_has_effects(const struct shell *shell, const struct word *words)
{
    while (words != NULL && !has_effects(shell, words->parts)) {
        words = words->next;
    }
    return words != NULL;
}

/** @return whether a command is a program for sure, whatever its words stand for */
static bool is_program(const struct shell *shell, const struct node *node)
{
    const char *name;

    if (node->kind != NODE_SIMPLE || node->words == NULL) {
        return false;
    }
    name = parser_literal(node->words);
    return name != NULL && strpbrk(name, "*?[~") == NULL && builtin_find(name) == NULL &&
           functions_find(&shell->functions, name) == NULL &&
           !any_has_effects(shell, node->words) && !any_has_effects(shell, node->assignments);
}

/** Starts the program that a simple command names, with the files of the present table. */
static bool start_program(struct shell *shell, const struct node *node, pid_t *pid)
{
    struct arena arena = {0};
    struct fields fields = {.arena = &arena};
    bool done =
        expand_words(shell, node->words, &fields) && simple_start(shell, node, &fields, pid);

    arena_free(&arena);
    return done;
}

/**
 * Starts a command as a process, with the files of the present table.
 *
 * @param shell  the shell
 * @param node   the command
 * @param text   its source
 * @param pid    set
 * @return false: it cannot be started, which was told; $? is set
 */
bool process_start(struct shell *shell, const struct node *node, const char *text, pid_t *pid)
{
    bool is_simple = is_program(shell, node);
    struct files files;
    bool done;

    if (!is_simple && node->kind != NODE_SUBSHELL) {
        return process_start_shell(shell, text, pid); /* it redirects itself */
    }
    if (!files_enter(shell, &files, node->redirections)) {
        shell->status = STATUS_WRONG;
        return false;
    }
    done = is_simple ? start_program(shell, node, pid) : process_start_shell(shell, text, pid);
    files_leave(shell);
    return done;
}
