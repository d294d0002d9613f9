/**
 * @file
 * Files without a name.
 */
#pragma once

#include <stdbool.h>

struct shell;

int temporary_open(struct shell *shell);
bool temporary_write(struct shell *shell, int descriptor, const char *text);
