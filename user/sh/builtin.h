/**
 * @file
 * Built-in commands: those that change the shell itself, and a few that would be too slow else.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "shell.h"

/** A built-in command. */
struct builtin {
    const char *name;
    const char *usage; /**< behind the name */
    /** @param count of words, the name included @param words end with NULL @return its status */
    int (*run)(struct shell *shell, size_t count, char **words);
    bool is_special; /**< POSIX 2.14: what is assigned before it stays; no function replaces it */
};

const struct builtin *builtin_find(const char *name);
int builtin_usage(struct shell *shell, const char *name);
bool builtin_same_file(const char *left, const char *right);
bool builtin_number(struct shell *shell, const char *command, const char *word, long *number);

int builtin_break(struct shell *shell, size_t count, char **words);
int builtin_cd(struct shell *shell, size_t count, char **words);
int builtin_command(struct shell *shell, size_t count, char **words);
int builtin_dot(struct shell *shell, size_t count, char **words);
int builtin_eval(struct shell *shell, size_t count, char **words);
int builtin_exec(struct shell *shell, size_t count, char **words);
int builtin_exit(struct shell *shell, size_t count, char **words);
int builtin_export(struct shell *shell, size_t count, char **words);
int builtin_jobs(struct shell *shell, size_t count, char **words);
int builtin_kill(struct shell *shell, size_t count, char **words);
int builtin_pwd(struct shell *shell, size_t count, char **words);
int builtin_read(struct shell *shell, size_t count, char **words);
int builtin_return(struct shell *shell, size_t count, char **words);
int builtin_set(struct shell *shell, size_t count, char **words);
int builtin_shift(struct shell *shell, size_t count, char **words);
int builtin_test(struct shell *shell, size_t count, char **words);
int builtin_type(struct shell *shell, size_t count, char **words);
int builtin_umask(struct shell *shell, size_t count, char **words);
int builtin_unset(struct shell *shell, size_t count, char **words);
int builtin_wait(struct shell *shell, size_t count, char **words);
