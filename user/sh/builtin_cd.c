/**
 * @file
 * Built-in commands for the current directory: cd, pwd.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "builtin.h"

/** Writes the current directory. @param name the command, for what it says */
static int print_directory(struct shell *shell, const char *name)
{
    char path[PATH_MAX];
    struct text text = {0};
    int status;

    if (getcwd(path, sizeof(path)) == NULL) {
        shell_say(shell, "%s: %s", name, strerror(errno));
        return STATUS_FAILED;
    }
    text_add_string(&text, path);
    text_add_byte(&text, '\n');
    status = files_write(shell, STDOUT_FILENO, &text);
    text_free(&text);
    return status;
}

/** Prints the current directory. */
int builtin_pwd(struct shell *shell, size_t count, char **words)
{
    if (count > 1 && strcmp(words[1], "-P") != 0 && strcmp(words[1], "-L") != 0) {
        return builtin_usage(shell, words[0]);
    }
    return print_directory(shell, words[0]);
}

/** Finds out where cd is to go. @return NULL: it cannot be known, which was told */
static const char *destination(struct shell *shell, size_t count, char **words)
{
    const char *variable = count == 1 ? "HOME" : "OLDPWD";
    const char *value;

    if (count == 2 && strcmp(words[1], "-") != 0) {
        return words[1];
    }
    value = variables_get(&shell->variables, variable);
    if (value == NULL) {
        shell_say(shell, "cd: %s has no value", variable);
    }
    return value;
}

/** Changes the current directory. */
int builtin_cd(struct shell *shell, size_t count, char **words)
{
    char before[PATH_MAX], after[PATH_MAX];
    const char *to;

    if (count > 1 && strcmp(words[1], "--") == 0) {
        words++;
        count--;
    }
    if (count > 2) {
        return builtin_usage(shell, "cd");
    }
    to = destination(shell, count, words);
    if (to == NULL) {
        return STATUS_WRONG;
    }
    if (getcwd(before, sizeof(before)) == NULL) {
        before[0] = '\0';
    }
    if (chdir(to) != 0) {
        shell_say(shell, "cd: %s: %s", to, strerror(errno));
        return STATUS_WRONG;
    }
    if (count == 2 && strcmp(words[1], "-") == 0 && print_directory(shell, "cd") != 0) {
        return STATUS_FAILED;
    }
    if (getcwd(after, sizeof(after)) == NULL || !variables_set(&shell->variables, "PWD", after) ||
        !variables_set(&shell->variables, "OLDPWD", before)) {
        shell_say(shell, "cd: %s", strerror(errno));
        return STATUS_FAILED;
    }
    return 0;
}
