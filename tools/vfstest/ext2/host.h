/**
 * @file
 * The machine around ext2: a disk that is a file of the host, with time, faults and power cuts; and
 * the part of the server that has nodes.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "vfs/node.h"

/** What goes wrong, and when. Counts run down; 0: never. */
struct faults {
    uint64_t cut;          /**< writes until the power fails */
    uint64_t read_error;   /**< reads until one fails */
    uint64_t write_error;  /**< writes until one fails */
    uint64_t errors;       /**< how many fail from then on */
    uint64_t no_block;     /**< blocks that can be taken until there is none more, once */
    uint64_t no_inode;     /**< inodes, likewise */
    uint64_t requests_max; /**< requests that one command may take; 0: any */
};

extern struct faults faults;
extern uint64_t requests; /**< of this command */
extern uint64_t lines;    /**< that were said on the console */

void disk_open(const char *image);
bool disk_step(void);
void disk_settle(void);
void disk_expect_flushed(void);

extern struct mount mount;

int host_mount(bool is_read_only);
int host_unmount(void);
void host_put(struct node *node);
int host_walk(const char *path, struct node **found);
int host_parent(const char *path, struct node **parent, const char **name);
