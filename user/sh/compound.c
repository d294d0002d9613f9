/**
 * @file
 * Commands that are made of lists. See execute.h.
 */
#include <string.h>

#include "execute.h"
#include "expand.h"
#include "interrupt.h"
#include "pattern.h"

/** if */
static int run_if(struct shell *shell, const struct node *node)
{
    const struct clause *clause = node->clauses;

    while (clause != NULL && clause->condition != NULL &&
           execute_tested(shell, clause->condition) != 0 && shell->leaving == LEAVING_NOTHING) {
        clause = clause->next;
    }
    if (shell->leaving != LEAVING_NOTHING) {
        return shell->status;
    }
    return clause == NULL ? 0 : execute_list(shell, clause->body);
}

/** Ends a command whose loops wait for nobody, if Ctrl-C was typed. @return whether it was */
bool execute_is_interrupted(struct shell *shell)
{
    bool is_interrupted = shell->takes_interrupts && interrupt_count() != shell->interrupts;

    if (is_interrupted) {
        shell_give_up(shell, STATUS_INTERRUPTED);
    }
    return is_interrupted;
}

/** Decides whether a loop goes on after one turn. */
static bool goes_on(struct shell *shell)
{
    bool is_turn = shell->leaving == LEAVING_TURN;

    execute_is_interrupted(shell);
    if (shell->leaving != LEAVING_TURN && shell->leaving != LEAVING_LOOP) {
        return shell->leaving == LEAVING_NOTHING;
    }
    if (--shell->levels != 0) {
        return false; /* an outer loop is meant */
    }
    shell->leaving = LEAVING_NOTHING;
    return is_turn;
}

/** while, until */
static int run_while(struct shell *shell, const struct node *node)
{
    const struct clause *clause = node->clauses;
    int status = 0;
    bool more = true;

    while (more) {
        bool is_true = execute_tested(shell, clause->condition) == 0;

        if (shell->leaving == LEAVING_NOTHING && is_true != (node->kind == NODE_WHILE)) {
            return status;
        }
        if (shell->leaving == LEAVING_NOTHING) {
            status = execute_list(shell, clause->body);
        }
        more = goes_on(shell);
    }
    return shell->leaving == LEAVING_NOTHING ? status : shell->status;
}

/** Runs a loop's body once for each word. */
static int run_turns(struct shell *shell, const struct node *node, char *const *words, size_t count)
{
    int status = 0;
    bool more = true;

    for (size_t i = 0; i < count && more; i++) {
        if (!variables_set(&shell->variables, node->name, words[i])) {
            shell_say(shell, "%s: not enough memory", node->name);
            return STATUS_FAILED;
        }
        status = execute_list(shell, node->first);
        more = goes_on(shell);
    }
    return status;
}

/** for */
static int run_for(struct shell *shell, const struct node *node)
{
    struct arena arena = {0};
    struct fields fields = {.arena = &arena};
    int status = STATUS_WRONG;

    if (node->has_words) {
        if (expand_words(shell, node->words, &fields)) {
            status = run_turns(shell, node, fields.words, fields.count);
        }
    } else {
        for (size_t i = 0; i < shell->arguments.count; i++) {
            fields_add(&fields, shell->arguments.words[i], strlen(shell->arguments.words[i]));
        }
        status = run_turns(shell, node, fields.words, fields.count);
    }
    arena_free(&arena);
    return status;
}

/** @return whether a text matches one of a clause's patterns */
static bool matches(struct shell *shell, struct arena *arena, const struct clause *clause,
                    const char *text)
{
    const struct word *each = clause->patterns;

    for (; each != NULL && shell->leaving == LEAVING_NOTHING; each = each->next) {
        const char *pattern = expand_pattern(shell, arena, each->parts);

        if (pattern != NULL && pattern_matches(pattern, text, strlen(text))) {
            return true;
        }
    }
    return false;
}

/** case */
static int run_case(struct shell *shell, const struct node *node)
{
    struct arena arena = {0};
    const char *text = expand_text(shell, &arena, node->words->parts);
    const struct clause *clause = text == NULL ? NULL : node->clauses;
    int status = 0;

    while (clause != NULL && !matches(shell, &arena, clause, text)) {
        clause = clause->next;
    }
    arena_free(&arena);
    if (shell->leaving != LEAVING_NOTHING) {
        status = shell->status;
    } else if (clause != NULL && clause->body != NULL) {
        status = execute_list(shell, clause->body);
    }
    return status;
}

/** ( ) */
static int run_subshell(struct shell *shell, const struct node *node)
{
    pid_t pid;

    return process_start_shell(shell, node->text, &pid) ? process_wait(shell, &pid, 1)
                                                        : shell->status;
}

static int run(struct shell *shell, const struct node *node)
{
    int status;

    switch (node->kind) {
    case NODE_SUBSHELL:
        return run_subshell(shell, node);
    case NODE_IF:
        return run_if(shell, node);
    case NODE_CASE:
        return run_case(shell, node);
    case NODE_WHILE:
    case NODE_UNTIL:
    case NODE_FOR:
        shell->loops++;
        status = node->kind == NODE_FOR ? run_for(shell, node) : run_while(shell, node);
        shell->loops--;
        return status;
    default:
        return execute_list(shell, node->first);
    }
}

/** Runs a command that is made of lists, with its redirections. @return its status */
int execute_compound(struct shell *shell, const struct node *node)
{
    struct files files;
    int status;

    if (node->redirections == NULL) {
        return run(shell, node);
    }
    if (!files_enter(shell, &files, node->redirections)) {
        return STATUS_WRONG;
    }
    status = run(shell, node);
    files_leave(shell);
    return status;
}
