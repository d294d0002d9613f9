/**
 * @file
 * The list of built-in commands. See builtin.h.
 */
#include "builtin.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int succeed(struct shell *shell, size_t count, char **words)
{
    (void)shell;
    (void)count;
    (void)words;
    return 0;
}

static int fail(struct shell *shell, size_t count, char **words)
{
    (void)shell;
    (void)count;
    (void)words;
    return STATUS_FAILED;
}

static const struct builtin builtins[] = {
    {".", "FILE", builtin_dot, true},
    {":", "[WORD...]", succeed, true},
    {"[", "EXPRESSION ]", builtin_test, false},
    {"break", "[LOOPS]", builtin_break, true},
    {"cd", "[DIRECTORY | -]", builtin_cd, false},
    {"command", "[-v] NAME [WORD...]", builtin_command, false},
    {"continue", "[LOOPS]", builtin_break, true},
    {"eval", "[WORD...]", builtin_eval, true},
    {"exec", "[PROGRAM [WORD...]]", builtin_exec, true},
    {"exit", "[STATUS]", builtin_exit, true},
    {"export", "[NAME[=VALUE]...]", builtin_export, true},
    {"false", "", fail, false},
    {"jobs", "", builtin_jobs, false},
    {"kill", "[-SIGNAL] PROCESS|%JOB... | -l", builtin_kill, false},
    {"pwd", "", builtin_pwd, false},
    {"read", "[-r] [NAME...]", builtin_read, false},
    {"return", "[STATUS]", builtin_return, true},
    {"set", "[-efux | +efux] [--] [WORD...]", builtin_set, true},
    {"shift", "[WORDS]", builtin_shift, true},
    {"test", "EXPRESSION", builtin_test, false},
    {"true", "", succeed, false},
    {"type", "NAME...", builtin_type, false},
    {"umask", "[-S | MASK]", builtin_umask, false},
    {"unset", "[-f | -v] NAME...", builtin_unset, true},
    {"wait", "[PROCESS|%JOB...]", builtin_wait, false},
};

/** @return the built-in command of this name; NULL: there is none */
const struct builtin *builtin_find(const char *name)
{
    for (size_t i = 0; i < sizeof(builtins) / sizeof(builtins[0]); i++) {
        if (strcmp(builtins[i].name, name) == 0) {
            return &builtins[i];
        }
    }
    return NULL;
}

/** Says how a built-in command is used. @return the status of wrong usage */
int builtin_usage(struct shell *shell, const char *name)
{
    const struct builtin *builtin = builtin_find(name);

    shell_say(shell, "usage: %s %s", name, builtin->usage);
    return STATUS_WRONG;
}

/**
 * Reads a number, 0 or more.
 *
 * @param shell    the shell
 * @param command  who wants it
 * @param word     the word that has to be a number
 * @param number   set
 * @return false: it is none, which was told
 */
bool builtin_number(struct shell *shell, const char *command, const char *word, long *number)
{
    char *end;

    errno = 0;
    *number = strtol(word, &end, 10);
    if (!isdigit((unsigned char)word[0]) || *end != '\0' || errno != 0) {
        shell_say(shell, "%s: %s: not a number", command, word);
        return false;
    }
    return true;
}
