/**
 * @file
 * The parts of the demonstration. Each returns how much was not as it should be.
 */
#pragma once

#include <stdint.h>

#define ENDED_BY_FAULT (-1) /**< exit status */

int64_t show_run(const char *name, uint64_t argument);

int64_t show_programs(void);
int64_t show_messages(void);
int64_t show_many_tasks(void);
int64_t show_quick_tasks(void);
int64_t show_scribbler(void);
int64_t show_offenders(void);
int64_t show_bulk(void);
void show_counts(void);
