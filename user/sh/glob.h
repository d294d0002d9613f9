/**
 * @file
 * Patterns that stand for paths.
 */
#pragma once

#include "fields.h"

bool glob_expand(const char *pattern, struct fields *fields);
