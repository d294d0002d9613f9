/**
 * @file
 * Kernel objects: what capabilities are for.
 */
#pragma once

#include <stdbool.h>

#include "abi/error.h"
#include "task/thread.h"

/** A CNode: slots for capabilities, one behind the other. */
struct cnode {
    uint64_t capabilities; /**< to it */
    uint64_t count;        /**< of its slots; slot 0 is always empty */
    uint64_t cursor;       /**< while it is emptied: the slots below are */
    struct cnode *next;    /**< likewise: the one that is emptied after it */
    uint64_t unused[4];
    struct slot self; /**< while it is emptied: holds the last capability to it */
    struct slot slots[];
};

/** An address space: this page, and behind it the pages for its tables. */
struct space {
    uint64_t capabilities; /**< to it */
    uint64_t serial;       /**< no other address space has ever had it */
    uint64_t tables;       /**< pages for tables */
    uint64_t used;         /**< of these, from the first one on; that is the root */
};

/** What an object takes of memory. */
struct object_size {
    uint64_t bytes, alignment; /**< the alignment is a power of two */
};

bool object_measure(uint64_t object, struct object_size *size);
void object_make(struct slot *slot, uint64_t object, uint64_t start);
void object_count(const struct slot *slot, int change);
void object_lose(struct slot *slot);
bool object_release(struct slot *slot);

/* Each kind's part of these. */

void space_make(struct space *space, uint64_t tables);
void space_end(struct space *space);
struct space *space_find(uint64_t serial);
void frame_unmap(struct slot *frame);
void thread_begin(struct thread *thread);
void thread_halt(struct thread *thread);
void thread_destroy(struct thread *thread);
void thread_lose(struct thread *thread, const struct slot *part);
void irq_count(unsigned line, int change);
bool irq_release(unsigned line);
