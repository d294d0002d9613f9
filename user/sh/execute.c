/**
 * @file
 * Running lists and their members. See execute.h.
 *
 * Each function returns the status of what it has run. When `leaving` is not LEAVING_NOTHING any
 * more, nothing else is run, and the status is $?.
 */
#include "execute.h"

/** Ends the shell after a command that has failed, if -e says so. */
static void check_status(struct shell *shell, const struct node *node, int status)
{
    bool counts = node->kind == NODE_SIMPLE || node->kind == NODE_SUBSHELL ||
                  (node->kind == NODE_PIPELINE && !node->is_negated);

    if (shell->options.exits_on_error && counts && status != 0 && shell->tested == 0 &&
        shell->leaving == LEAVING_NOTHING) {
        shell->leaving = LEAVING_SHELL;
    }
}

/** Runs members that are joined by && and ||. */
static int run_and_or(struct shell *shell, const struct node *node)
{
    int status = 0;

    for (const struct node *each = node->first; each != NULL; each = each->next) {
        bool is_run = each->joint == JOINT_NONE || (each->joint == JOINT_AND) == (status == 0);

        if (is_run && shell->leaving == LEAVING_NOTHING) {
            shell->tested += each->next != NULL;
            status = execute_node(shell, each);
            shell->tested -= each->next != NULL;
        }
    }
    return status;
}

static int define_function(struct shell *shell, const struct node *node)
{
    if (functions_define(&shell->functions, node->name, node->text, node->line)) {
        return 0;
    }
    shell_say(shell, "%s: not enough memory for the function", node->name);
    return STATUS_FAILED;
}

static int run(struct shell *shell, const struct node *node)
{
    switch (node->kind) {
    case NODE_PIPELINE:
        return execute_pipeline(shell, node);
    case NODE_AND_OR:
        return run_and_or(shell, node);
    case NODE_FUNCTION:
        return define_function(shell, node);
    case NODE_SIMPLE:
        return execute_simple(shell, node);
    default:
        return execute_compound(shell, node);
    }
}

/** Runs a command. @return its status, which is $? now */
int execute_node(struct shell *shell, const struct node *node)
{
    unsigned line = shell->line;
    int status;

    if (shell->depth == SHELL_DEPTH_MAX) {
        shell_say(shell, "commands are nested too deeply");
        shell_give_up(shell, STATUS_WRONG);
        return shell->status;
    }
    shell->depth++;
    shell->line = node->line;
    status = run(shell, node);
    shell->line = line;
    shell->depth--;
    if (shell->leaving < LEAVING_FUNCTION) {
        shell->status = status;
    }
    check_status(shell, node, status);
    return shell->status;
}

/** Runs a list: one command after the other. @return the status of the last one */
int execute_list(struct shell *shell, const struct node *list)
{
    int status = 0;

    for (; list != NULL && shell->leaving == LEAVING_NOTHING; list = list->next) {
        if (list->is_background) {
            execute_background(shell, list);
            status = shell->status;
        } else {
            status = execute_node(shell, list);
        }
    }
    return status;
}

/** Runs a list whose status is looked at. @return it */
int execute_tested(struct shell *shell, const struct node *list)
{
    int status;

    shell->tested++;
    status = execute_list(shell, list);
    shell->tested--;
    return status;
}

/**
 * Runs a function.
 *
 * @param shell     the shell
 * @param function  which
 * @param words     $1 and so on
 * @param count     how many
 * @return its status
 */
int execute_function(struct shell *shell, struct function *function, char *const *words,
                     size_t count)
{
    struct arguments before = shell->arguments;
    int status;

    shell->arguments = (struct arguments){.words = words, .count = count};
    shell->calls++;
    functions_begin(function);
    status = execute_list(shell, function->program.list);
    functions_end(function);
    shell->calls--;
    arena_free(&shell->arguments.arena);
    shell->arguments = before;
    if (shell->leaving == LEAVING_FUNCTION) {
        shell->leaving = LEAVING_NOTHING;
        status = shell->status;
    }
    return status;
}
