/**
 * @file
 * The suites, and what they share.
 */
#pragma once

#include "harness.h"

#include <stddef.h>

void strings_run(unsigned steps);
void format_run(unsigned steps);
void numbers_run(unsigned steps);
void sort_run(unsigned steps);
void heap_run(unsigned steps);
void dates_run(unsigned steps);
void options_run(unsigned steps);
void arguments_run(unsigned steps);
void variables_run(unsigned steps);
void streams_run(unsigned steps);
void files_run(unsigned steps);
void spawn_run(unsigned steps);

void random_text(char *to, size_t size, const char *alphabet);
void heap_give_all(void);
void folder_enter(void);
