/**
 * @file
 * The server's own devices.
 */
#pragma once

#include <stddef.h>

/** A device. */
struct dev_own {
    const char *name;
    int (*read)(void *to, size_t size, size_t *done);
    int (*write)(const void *from, size_t size, size_t *done);
};

#define DEV_OWN_COUNT 4u

extern const struct dev_own dev_own[DEV_OWN_COUNT];
