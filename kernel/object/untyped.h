/**
 * @file
 * Untyped memory.
 */
#pragma once

#include <stdbool.h>

#include "object/object.h"

uint64_t untyped_free(const struct slot *untyped);
void untyped_refresh(struct slot *untyped);
enum error untyped_place(const struct slot *untyped, const struct object_size *size,
                         uint64_t *offset);
bool untyped_clear(struct slot *untyped, uint64_t end);
void untyped_make(struct slot *untyped, uint64_t object, uint64_t offset, struct slot *to);
