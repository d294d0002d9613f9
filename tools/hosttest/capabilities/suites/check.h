/**
 * @file
 * Kernel and model side by side.
 */
#pragma once

#include "models/model.h"

void check_learn(void);
void check_tree(const bool *doomed);
void check_objects(void);
void check_threads(void);
void check_settle(void);
void check_learn_order(int64_t since);
