/**
 * @file
 * The parts of the demonstration that are about capabilities. Each returns how much was not as it
 * should be.
 */
#pragma once

#include <stdint.h>

int64_t show_frames(void);
int64_t show_faulty_pagers(void);
int64_t show_revoke(void);
int64_t show_refusals(void);
int64_t show_tour(void);
int64_t show_memory(int64_t (*part)(void));
