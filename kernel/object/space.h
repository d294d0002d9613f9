/**
 * @file
 * Address spaces as objects.
 */
#pragma once

#include <stdint.h>

struct space;

uint64_t space_root(const struct space *space);
void space_use(struct space *space);
