/**
 * @file
 * Which open file each descriptor means to the commands that are run.
 *
 * The shell's own descriptors never change: a redirection makes a table in which a number means
 * another file. Programs are started with the files of the table; built-in commands use it
 * themselves. So nothing has to be saved and put back around a command that is redirected.
 */
#pragma once

#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>

#include "text.h"

struct shell;
struct redirection;

#define FILES_MAX 10 /**< descriptors that a command may name: 0 to 9 */

/** The files of a command. */
struct files {
    int own[FILES_MAX];  /**< the shell's own descriptor of each; -1: it is closed */
    unsigned redirected; /**< bit n: descriptor n is this table's; else the outer one has it, too */
    struct files *outer; /**< whose commands have these; NULL: none */
};

void files_begin(struct files *files);
bool files_enter(struct shell *shell, struct files *files, const struct redirection *redirections);
void files_leave(struct shell *shell);
void files_keep(struct shell *shell);
void files_set(struct files *files, int number, int own);
unsigned files_to_spawn(const struct files *files, struct spawn_file *to);
int files_write(struct shell *shell, int number, struct text *text);
