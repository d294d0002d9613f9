/**
 * @file
 * Nodes: files, directories and everything else that has a name, as every kind of file system shows
 * them to the rest of the server.
 *
 * A node is in memory while somebody refers to it: node_get() finds it by mount and number or has
 * the file system load it, node_put() gives it back. Two who ask for the same file get the same
 * node. When the last reference is gone the file system releases it: then a file that has no name
 * any more is freed.
 *
 * Locks: each mount has a lock. Who reads names, contents or status has it to read; who changes
 * anything has it to write. The operations below are called with it and never take it. They may
 * sleep (for the disk), also when the lock is only read: two readers may then be in the same node.
 * To read: load, lookup, readdir, read, readlink, statfs, sync. To write: all others, with one
 * exception: release of a file that still has links is called without the lock, and may not sleep.
 *
 * What a client says is checked before: names and kinds of nodes are as said below, nothing is
 * changed in a mount that is only read, sizes and offsets are below 2^63. But a position of a
 * directory may be anything. Operations that change something keep `status` of the nodes right,
 * with times from clock_seconds(): modified and changed. Reading does not change `accessed`.
 *
 * node_get() is called with the mount's lock; node_put() always without: it takes the lock itself
 * when it has to free a file that has no name any more.
 *
 * All functions give 0 or an error number of errno.h.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "vfs/proto.h"
#include "worker.h"

struct mount;
struct node;
struct open_file;

/** What a kind of file system can do. A missing operation (NULL) means that it is refused: EROFS
 * for what would change something, EINVAL for other things. Names are 1 to FILE_NAME_MAX bytes,
 * without NUL at the end, without slash, and never "." or "..". */
struct file_system {
    const char *kind; /**< for FILE_MOUNT: "ext2", "ramfs", "proc", "dev" */

    /** Makes a mount ready: sets root_number, block_size, data; may set is_read_only, when what is
     * there can be read but not be written. @param source what is mounted */
    int (*mount)(struct mount *mount, const char *source);
    /** Undoes that; no nodes are left, everything has been written. */
    void (*unmount)(struct mount *mount);
    /** Writes everything to the medium, also when the mount has become read-only. Returns when it
     * is there, and brings `failures` up to date. Two may do so at once. */
    int (*sync)(struct mount *mount);
    /** Sets all of `status` but kind, source, where and number. */
    int (*statfs)(struct mount *mount, struct file_system_status *status);

    /** Fills a new node: `status`, `data`. ENOENT when there is none of this number; EIO when it is
     * damaged. */
    int (*load)(struct node *node);
    /** The last reference goes. Frees `data`; frees the file, if it has no links any more and the
     * mount is not only read. Never fails: what cannot be freed on the medium is lost. */
    void (*release)(struct node *node);

    /** Finds a name in a directory: one as above, or "..", which is the directory above it, in the
     * root directory that itself. @param number set. ENOENT */
    int (*lookup)(struct node *directory, const char *name, size_t length, uint64_t *number);
    /** Gives the entry at a position of a directory, and moves the position behind it; "." and ".."
     * are among them. @param position 0: the first; what it means is the file system's affair. An
     * entry that stays is told once, whatever is made or removed meanwhile
     * @param entry set by entry_set(); with room for FILE_NAME_MAX bytes. ENOENT: no more */
    int (*readdir)(struct node *directory, uint64_t *position, struct file_entry *entry);
    /** Reads. @param done set to how many bytes there were: less than `size` at the end */
    int (*read)(struct node *node, uint64_t offset, void *to, size_t size, size_t *done);
    /** Writes; the file grows as needed, what is skipped reads as 0. @param done set to how many
     * bytes are written; if that is more than 0, there is no error. EFBIG, ENOSPC, EIO */
    int (*write)(struct node *node, uint64_t offset, const void *from, size_t size, size_t *done);
    /** Makes a regular file so long; what is added reads as 0. EFBIG, ENOSPC. */
    int (*truncate)(struct node *node, uint64_t size);
    /** Reads a symbolic link's target. @param to room for FILE_PATH_MAX @param length set */
    int (*readlink)(struct node *node, char *to, size_t *length);
    /** Makes a file, a directory or a symbolic link. EEXIST, ENOSPC.
     * @param mode kind and permissions @param target of a symbolic link, ends with NUL; else NULL
     * @param number set to the new one's */
    int (*create)(struct node *directory, const char *name, size_t length, uint32_t mode,
                  const char *target, uint64_t *number);
    /** Gives a file that is no directory one name more. EEXIST, EMLINK. */
    int (*link)(struct node *directory, const char *name, size_t length, struct node *node);
    /** Takes a name away. `node` is what it names: no directory for unlink; for rmdir one, which
     * has to be empty: ENOTEMPTY. The file itself stays while the node is referred to. */
    int (*unlink)(struct node *directory, const char *name, size_t length, struct node *node);
    int (*rmdir)(struct node *directory, const char *name, size_t length, struct node *node);
    /** Moves a name; `replaced` is what the new one names now, or NULL. The caller has checked that
     * kinds fit, that both are in one mount, that no directory goes below itself. ENOTEMPTY. */
    int (*rename)(struct node *from, const char *name, size_t length, struct node *node,
                  struct node *to, const char *new_name, size_t new_length, struct node *replaced);
    /** Changes mode's permissions, or times, as `status` has them: the node's own are set
     * already. */
    int (*change)(struct node *node);
    /** Opens a file in a way of its own: see open_file.h. NULL: like any other. Called without the
     * lock. @param rest what follows the file's name in the path: of a device
     * @param flags all of FILE_OPEN's; those about what is there were obeyed, if nothing follows
     * @param file with its node; its kind and what belongs to that may be replaced. It is not
     * closed when this fails */
    int (*open)(struct node *node, const char *rest, size_t length, unsigned flags,
                struct open_file *file);
};

/** A file system that is mounted. */
struct mount {
    const struct file_system *file_system; /**< NULL: nothing is mounted here */
    uint64_t number;                       /**< file_status.device: 1 and so on */
    bool is_read_only;
    bool is_changed;      /**< something may not have been written yet; by mounts.c */
    uint64_t failures;    /**< writes that have failed so far; by the file system, in sync() */
    uint64_t told;        /**< of these, how many somebody was told of; by mounts_sync.c */
    uint64_t root_number; /**< its root directory's; by the file system */
    uint32_t block_size;  /**< by the file system */
    void *data;           /**< the file system's own */
    struct rw_lock lock;
    struct node *covered; /**< the directory that it is mounted on; NULL: it is the root */
    struct node *root;
    char source[48], where[64]; /**< for people */
};

/** A file, a directory, ... in memory. */
struct node {
    struct mount *mount;
    uint64_t number;           /**< of the file in its mount; not 0 */
    struct file_status status; /**< device and inode by node.c, the rest by the file system */
    void *data;                /**< the file system's own */
    unsigned references;
    struct mount *mounted; /**< what is mounted on it; NULL: nothing */
    bool is_loading;       /**< load() is under way; others wait */
    int load_error;        /**< of load(): this node is nothing, and goes with its references */
    struct wait_queue waiting;
    struct node *next; /**< of node.c's table */
};

/* See node.c. */

int node_get(struct mount *mount, uint64_t number, struct node **found);
struct node *node_hold(struct node *node);
void node_put(struct node *node);
void node_put_locked(struct node *node);
bool node_is_directory(const struct node *node);
bool node_is_link(const struct node *node);
unsigned nodes_of(const struct mount *mount);

/**
 * Makes a directory's entry.
 *
 * @param entry   set, its size too; with room for FILE_NAME_MAX bytes behind it
 * @param inode   the file's number
 * @param kind    dirent.h: DT_REG and so on
 * @param name    no NUL needed
 * @param length  of the name, 1 to FILE_NAME_MAX
 */
void entry_set(struct file_entry *entry, uint64_t inode, unsigned kind, const char *name,
               size_t length);
