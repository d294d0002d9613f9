/**
 * @file
 * Fields: what words become when they are expanded.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

/** Strings in the order in which they came; a NULL follows the last one. */
struct fields {
    struct arena *arena; /**< where they are */
    char **words;        /**< NULL: there were never any */
    size_t count, room;
    bool failed; /**< memory ran out */
};

void fields_add(struct fields *fields, const char *bytes, size_t length);
void fields_sort(struct fields *fields, size_t first);
