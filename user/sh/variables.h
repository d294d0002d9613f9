/**
 * @file
 * Variables, and the environment, which is those that are exported.
 */
#pragma once

#include <stdbool.h>

#include "arena.h"

/** A variable. */
struct variable {
    struct variable *next; /**< in the order of names */
    char *value;           /**< NULL: it has none */
    bool is_exported;
    char name[];
};

/** All of them. */
struct variables {
    struct variable *first;
};

const char *variables_get(const struct variables *variables, const char *name);
bool variables_set(struct variables *variables, const char *name, const char *value);
bool variables_export(struct variables *variables, const char *name, bool is_exported);
bool variables_is_exported(const struct variables *variables, const char *name);
void variables_unset(struct variables *variables, const char *name);
bool variables_import(struct variables *variables, char *const *environment);
char **variables_environment(const struct variables *variables, struct arena *arena);
void variables_free(struct variables *variables);
