/**
 * @file
 * Expansion: what words stand for (IEEE 1003.1, Shell Command Language, 2.6).
 */
#pragma once

#include <stdbool.h>

#include "arena.h"
#include "fields.h"
#include "shell.h"
#include "text.h"
#include "tree.h"

bool expand_words(struct shell *shell, const struct word *words, struct fields *fields);
char *expand_text(struct shell *shell, struct arena *arena, const struct part *parts);
char *expand_pattern(struct shell *shell, struct arena *arena, const struct part *parts);
bool expand_assignment(struct shell *shell, struct arena *arena, const struct word *word,
                       const char **name, const char **value);

/* The rest is for the files that expand parts. */

/** Expansion of words, under way. */
struct expansion {
    struct shell *shell;
    struct arena *arena;
    struct fields *fields; /**< NULL: all becomes one text, and is not split */
    struct text text;      /**< of the field so far, as a pattern */
    bool has_field;        /**< there is one, even if it is empty */
    bool after_blank;      /**< a blank has ended the field before this one */
    bool is_pattern;       /**< of that text: what is not quoted may be special */
    unsigned inner;        /**< words in ${NAME:-...}: what stands there is split, too */
    bool failed;           /**< that was told */
};

void expand_parts(struct expansion *state, const struct part *parts);
void expand_literal(struct expansion *state, const char *bytes, size_t length);
void expand_value(struct expansion *state, const char *value, bool is_quoted);
void expand_end_field(struct expansion *state);
void expand_parameter(struct expansion *state, const struct part *part);
const char *expand_parameter_value(struct shell *shell, const char *name, struct text *room);
bool expand_arithmetic(struct shell *shell, const char *text, long *value);
