/**
 * @file
 * Open files: what descriptors stand for.
 *
 * An open file begins with FILE_OPEN or FILE_PIPE. Descriptors refer to it, and requests that are
 * under way; when the last reference goes it is closed. What can be done with it depends on its
 * kind: a file of a file system (node_file.c), a pipe, a device of a manager, a text that was made
 * when it was opened.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "worker.h"

struct node;
struct open_file;

/** What can be done with a kind of open file. Offsets are below 2^63. All may sleep, and give 0 or
 * an error number. */
struct file_kind {
    bool can_seek; /**< it has an offset; else `offset` of read and write means nothing */
    /** @param done set to how many bytes were read; 0: the end */
    int (*read)(struct open_file *file, uint64_t offset, void *to, size_t size, size_t *done);
    /** @param offset FILE_CURRENT: the file's end; set to where it was then @param done set */
    int (*write)(struct open_file *file, uint64_t *offset, const void *from, size_t size,
                 size_t *done);
    /** FILE_CONTROL; NULL: ENOTTY */
    int (*control)(struct open_file *file, uint64_t command, uint64_t argument, uint64_t *result);
    /** The last reference goes; NULL: nothing to do */
    void (*close)(struct open_file *file);
};

/** An open file. */
struct open_file {
    unsigned references; /**< 0: free; by open_file.c and descriptors.c */
    unsigned flags; /**< fcntl.h: access mode and how to write and wait; by open_file.c, stays */
    const struct file_kind *kind;
    struct node *node;          /**< NULL: a pipe */
    uint64_t offset;            /**< by seek.c, read_write.c, readdir.c: with offset_lock */
    struct rw_lock offset_lock; /**< held to write over what begins and ends with the offset */
    uint64_t told;              /**< failures of the node's mount that it was told of; by sync.c */
    void *data;                 /**< the kind's own */
    uint64_t handle, serial;    /**< likewise */
};

int open_file_make(const struct file_kind *kind, struct node *node, unsigned flags,
                   struct open_file **made);
struct open_file *open_file_hold(struct open_file *file);
void open_file_put(struct open_file *file);
bool open_file_can_read(const struct open_file *file);
bool open_file_can_write(const struct open_file *file);
unsigned open_files_count(void);

extern const struct file_kind node_file_kind;
