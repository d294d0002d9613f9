/**
 * @file
 * The two functions of /dev/mydevice, and the text that it keeps.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define INSIDE_MAX 4096u /**< bytes of the text */

int64_t mydevice_read(uint64_t handle, uint64_t offset, void *to, size_t size);
int64_t mydevice_write(uint64_t handle, uint64_t offset, const void *from, size_t size);

/** Makes the text. @param size at most INSIDE_MAX */
void inside_set(const void *bytes, size_t size);

/** @return the text's length; it has INSIDE_MAX bytes, of which the rest are 0 */
size_t inside_get(const char **bytes);

/** The handle of who writes to the end. */
extern const uint64_t inside_append;
