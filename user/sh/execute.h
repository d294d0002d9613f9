/**
 * @file
 * Running what was parsed.
 */
#pragma once

#include <sys/types.h>

#include "fields.h"
#include "shell.h"
#include "tree.h"

int execute_list(struct shell *shell, const struct node *list);
int execute_node(struct shell *shell, const struct node *node);
int execute_tested(struct shell *shell, const struct node *list);
int execute_compound(struct shell *shell, const struct node *node);
bool execute_is_interrupted(struct shell *shell);
int execute_pipeline(struct shell *shell, const struct node *node);
int execute_simple(struct shell *shell, const struct node *node);
void execute_background(struct shell *shell, const struct node *node);
int execute_function(struct shell *shell, struct function *function, char *const *words,
                     size_t count);
bool execute_substitution(struct shell *shell, const struct part *part, struct text *output);

bool simple_start(struct shell *shell, const struct node *node, const struct fields *fields,
                  pid_t *pid);
bool process_start(struct shell *shell, const struct node *node, const char *text, pid_t *pid);
bool process_start_program(struct shell *shell, char *const *words, char *const *environment,
                           pid_t *pid);
bool process_start_shell(struct shell *shell, const char *text, pid_t *pid);
int process_wait(struct shell *shell, const pid_t *pids, unsigned count);
int process_status(int status);
void process_tell_signal(const struct shell *shell, int status);
