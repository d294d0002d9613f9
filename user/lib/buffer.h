/**
 * @file
 * The task's IPC buffer: a page that the kernel reads and writes along with a message.
 */
#pragma once

#include <stdint.h>

#include "abi/message.h"

/** The page. Word n of a long message stands at index n; the first eight travel in registers. */
struct ipc_buffer {
    union {
        uint64_t receive_slot; /**< where a slot that travels arrives; 0: none is taken */
        uint64_t words[MESSAGE_WORDS_MAX];
    };
};

_Static_assert(sizeof(struct ipc_buffer) == 4096, "the IPC buffer is a page");
_Static_assert(MESSAGE_RECEIVE_SLOT_WORD == 0, "receive_slot is the first word");

extern struct ipc_buffer *ipc_buffer;
