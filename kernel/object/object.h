/**
 * @file
 * Kernel objects: what capabilities are for.
 */
#pragma once

#include "abi/root.h"
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

unsigned object_kind(const struct slot *slot);

void root_memory_collect(struct root_info *info);

uint64_t untyped_free(const struct slot *untyped);
enum error untyped_place(const struct slot *untyped, const struct object_size *size,
                         uint64_t *offset);
enum error untyped_check(struct slot *untyped, uint64_t object, struct object_size *size,
                         uint64_t *offset);
bool untyped_clear(struct slot *untyped, uint64_t end);
void untyped_make(struct slot *untyped, uint64_t object, uint64_t offset, uint64_t end,
                  struct slot *to);

void space_make(struct space *space, uint64_t tables);
void space_end(struct space *space);
struct space *space_find(uint64_t serial);
uint64_t space_root(const struct space *space);
void space_use(struct space *space);

enum error frame_map(struct slot *frame, struct space *space, uint64_t address, uint64_t rights);
void frame_unmap(struct slot *frame);

void thread_begin(struct thread *thread);
enum error thread_configure(struct thread *thread, struct slot *cspace, struct slot *space,
                            struct slot *frame);
bool thread_is_whole(const struct thread *thread);
void thread_start(struct thread *thread, uint64_t entry, uint64_t stack, uint64_t argument);
void thread_halt(struct thread *thread);
void thread_lose(struct thread *thread);
void thread_destroy(struct thread *thread);

enum error irq_bind(unsigned line, struct slot *notification);
enum error irq_acknowledge(unsigned line);
void irq_count(unsigned line, int change);
bool irq_release(unsigned line);
