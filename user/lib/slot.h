/**
 * @file
 * Slots: a task's table of what it may use. A slot is empty, or holds an endpoint, a notification
 * or the authority to answer a caller.
 */
#pragma once

#include "abi/message.h"
#include "call.h"

/** A slot of the calling task, 0 to SLOT_LIMIT - 1. */
typedef struct {
    uint64_t number;
} slot;

/** Stands for the caller that was received last. */
#define SLOT_REPLY ((slot){SLOT_LAST_CALLER})

/** Holds the name server's endpoint in every task, from its start on. */
#define SLOT_NAMES ((slot){SLOT_GIVEN})

enum error slot_copy(slot to, slot from, uint64_t rights, uint64_t badge);
enum error slot_delete(slot slot);
enum error reply_save(slot to);
