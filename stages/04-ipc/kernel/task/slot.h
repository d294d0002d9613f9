/**
 * @file
 * Slots: what a thread may use of the kernel's objects. A slot is empty, or names an object and
 * says what may be done with it.
 */
#pragma once

#include "abi/message.h"
#include "lib/types.h"

/** Bits that the rights to a notification are moved up by. */
#define SLOT_NOTIFICATION_SHIFT 4

/** What a slot lets its thread do: kind of object and rights in one word, so that one test is
 * enough. An empty slot allows nothing. */
enum slot_allows {
    SLOT_EMPTY = 0,
    SLOT_ENDPOINT_SEND = RIGHT_SEND, /**< bits 0 to 2: the rights to an endpoint */
    SLOT_ENDPOINT_RECEIVE = RIGHT_RECEIVE,
    SLOT_ENDPOINT_GRANT = RIGHT_GRANT,
    SLOT_ENDPOINT = 7, /**< any of these: the object is an endpoint */
    SLOT_NOTIFY =
        RIGHT_SEND << SLOT_NOTIFICATION_SHIFT, /**< bits 4 to 6: the rights to a notification */
    SLOT_WAIT = RIGHT_RECEIVE << SLOT_NOTIFICATION_SHIFT,
    SLOT_NOTIFICATION_GRANT = RIGHT_GRANT << SLOT_NOTIFICATION_SHIFT,
    SLOT_NOTIFICATION =
        7 << SLOT_NOTIFICATION_SHIFT, /**< any of these: the object is a notification */
    SLOT_REPLY = 1 << 8,              /**< to answer the caller that is the object, once */
};

/** A slot. Written by ipc/. */
struct slot {
    uint64_t allows; /**< sum of enum slot_allows */
    uint64_t badge;  /**< goes along with every message and signal that is sent through the slot */
    union {
        struct endpoint *endpoint;
        struct notification *notification;
        struct thread *caller; /**< whose `reply` is this slot */
    };
};
