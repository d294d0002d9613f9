/**
 * @file
 * Slots: where capabilities stand. A slot is empty, or names an object and says what may be done
 * with it.
 */
#pragma once

#include "abi/capability.h"
#include "abi/message.h"
#include "lib/types.h"

#define SLOT_NOTIFICATION_SHIFT 4 /**< bits that the rights to a notification are moved up by */
#define SLOT_FRAME_SHIFT 12       /**< likewise, the rights to a frame */

/** What a slot allows: kind of object and rights in one word, so that one test is enough. An empty
 * slot allows nothing. */
enum slot_allows {
    SLOT_EMPTY = 0,
    SLOT_ENDPOINT_SEND = RIGHT_SEND, /**< bits 0 to 2: the rights to an endpoint */
    SLOT_ENDPOINT_RECEIVE = RIGHT_RECEIVE,
    SLOT_ENDPOINT_GRANT = RIGHT_GRANT,
    SLOT_ENDPOINT = 7, /**< any of these: the object is an endpoint */
    SLOT_NOTIFY = RIGHT_SEND << SLOT_NOTIFICATION_SHIFT, /**< bits 4 to 6: to a notification */
    SLOT_WAIT = RIGHT_RECEIVE << SLOT_NOTIFICATION_SHIFT,
    SLOT_NOTIFICATION_GRANT = RIGHT_GRANT << SLOT_NOTIFICATION_SHIFT,
    SLOT_NOTIFICATION = 7 << SLOT_NOTIFICATION_SHIFT,
    SLOT_REPLY = 1 << 8,                /**< to answer the caller that is the object, once */
    SLOT_FRAME = 7 << SLOT_FRAME_SHIFT, /**< bits 12 to 14: the rights to a frame */
    SLOT_UNTYPED = 1 << 16,
    SLOT_CNODE = 1 << 17,
    SLOT_THREAD = 1 << 18,
    SLOT_SPACE = 1 << 19,
    SLOT_IRQ = 1 << 20,
    SLOT_PORTS = 1 << 21,
    SLOT_DEVICE = 1 << 24, /**< of a frame: a device's memory, which the kernel never touches */
    SLOT_CLOSING_ENDPOINT = 1 << 22, /**< allows nothing: those who wait are being told */
    SLOT_CLOSING_NOTIFICATION = 1 << 23,
    SLOT_CLOSING_UNTYPED = 1 << 25, /**< likewise: its objects are going over to its parent */
};

/** What can be copied. */
#define SLOT_COPYABLE \
    (SLOT_ENDPOINT | SLOT_NOTIFICATION | SLOT_FRAME | SLOT_CNODE | SLOT_THREAD | SLOT_SPACE | \
     SLOT_IRQ | SLOT_PORTS)

/** A slot. Written by cap/, object/ and ipc/. */
struct slot {
    uint32_t allows; /**< sum of enum slot_allows */
    uint32_t pages;  /**< frame: how many; untyped: so many from its start on are in use or 0 */
    uint64_t badge;  /**< endpoint, notification: goes along with every message and signal; frame:
                          address that it is mapped at, 0: nowhere; untyped: bytes; CNode: slots;
                          ports: the last one */
    union {
        struct endpoint *endpoint;
        struct notification *notification;
        struct thread *caller; /**< whose `reply` is this slot */
        struct thread *thread;
        struct cnode *cnode;
        struct space *space;
        uint64_t start; /**< frame, untyped: physical address; IRQ: line; ports: the first one */
    };
    struct slot *parent;          /**< where it was derived from. These four by cap/tree.c */
    struct slot *child;           /**< the first one derived from it */
    struct slot *next, *previous; /**< its parent's other children */
    uint64_t extra; /**< mapped frame: its address space (object/space.c); untyped: offset of the
                         first free byte; in a control block: the thread; reply: is it saved */
};

_Static_assert(sizeof(struct slot) == 64, "a cache line; SLOT_SIZE of fastpath_slots.inc");
