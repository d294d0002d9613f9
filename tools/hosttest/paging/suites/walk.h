/**
 * @file
 * All page tables, walked by hand.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/** A task's address space in kernel and model. */
struct walk_space {
    uint64_t root; /**< 0: there is none */
    int number;    /**< in the model */
};

void walk_start(void);
void walk_all(const struct walk_space *spaces, size_t count);
