/**
 * @file
 * Random numbers from a seed, for all programs of the host: the same ones in each run.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

void random_start(uint64_t seed);
uint64_t random_next(void);
uint64_t random_below(uint64_t limit);
bool random_chance(unsigned percent);
uint64_t random_wild(void);
