/**
 * @file
 * What the tests put between the parts of the kernel: see between.c.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "abi/error.h"
#include "ipc/endpoint.h"

/** Functions that take the place of the kernel's; NULL: the kernel's own. Set by the tests. */
struct guest_between {
    uint64_t (*page_table_take)(void);
    void (*page_table_give)(uint64_t table);
    void (*page_frame_drop)(uint64_t frame);
    bool (*frame_uses_add)(uint64_t frame);
    bool (*frame_uses_is_single)(uint64_t frame);
    void (*frame_uses_drop)(uint64_t frame);
    uint64_t (*page_find)(uint64_t root, uintptr_t address, unsigned *rights);
    enum error (*page_map)(uint64_t root, uintptr_t address, uint64_t frame, unsigned rights);
    uint64_t (*page_unmap)(uint64_t root, uintptr_t address);
    enum error (*endpoint_send)(struct thread *sender, struct endpoint *endpoint, uint64_t badge,
                                bool is_call, uint64_t timeout);
};

extern struct guest_between guest_between;
