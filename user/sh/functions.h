/**
 * @file
 * Functions that scripts define.
 */
#pragma once

#include <stdbool.h>

#include "parser.h"

/** A function. It stays while it is run, even if its name gets another. */
struct function {
    struct function *next;
    struct program program; /**< its body */
    char *text;             /**< the body's source */
    unsigned running;       /**< how often it is being run */
    bool is_gone;           /**< no name leads to it */
    char name[];
};

/** All of them. */
struct functions {
    struct function *first;
};

struct function *functions_find(const struct functions *functions, const char *name);
bool functions_define(struct functions *functions, const char *name, const char *text,
                      unsigned line);
bool functions_remove(struct functions *functions, const char *name);
void functions_begin(struct function *function);
void functions_end(struct function *function);
void functions_free(struct functions *functions);
