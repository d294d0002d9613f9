/**
 * @file
 * Nodes: the table of those that are in memory, loading them, and their references.
 *
 * A node's record is free when it has no mount. It is in the table from the beginning of its
 * loading to its last reference's end, but for one whose loading has failed: that one is out of the
 * table, and those who have waited for it see its error.
 */
#include "node.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "clients.h"
#include "mounts.h"
#include "worker_run.h"

/* Enough for all that can be referred to: by open files, as current directories, by what is
 * mounted, and by the walks of all workers. */
#define NODES_OF_WORKER 6u /* rename refers to most */
#define NODES_MAX \
    (CLIENTS_MAX * (FILE_DESCRIPTORS + 1) + 2 * MOUNTS_MAX + WORKERS * (NODES_OF_WORKER + 1))
#define BUCKETS 1024u

static struct node nodes[NODES_MAX];
static struct node *buckets[BUCKETS];

static struct node **bucket_of(const struct mount *mount, uint64_t number)
{
    return &buckets[(number * 0x9E3779B97F4A7C15u >> 40 ^ mount->number) % BUCKETS];
}

static struct node *find(const struct mount *mount, uint64_t number)
{
    struct node *node = *bucket_of(mount, number);

    while (node != NULL && (node->mount != mount || node->number != number)) {
        node = node->next;
    }
    return node;
}

static void take_out(struct node *node)
{
    struct node **link = bucket_of(node->mount, node->number);

    while (*link != node) {
        link = &(*link)->next;
    }
    *link = node->next;
}

/** Makes a record of the table for a node. @return NULL: there is no room */
static struct node *make(struct mount *mount, uint64_t number)
{
    struct node **link = bucket_of(mount, number);

    for (struct node *node = nodes; node < nodes + NODES_MAX; node++) {
        if (node->mount == NULL) {
            *node = (struct node){
                .mount = mount, .number = number, .references = 1, .is_loading = true};
            node->status.device = mount->number;
            node->status.inode = number;
            node->next = *link;
            *link = node;
            return node;
        }
    }
    return NULL;
}

/** Ends a reference to a node that could not be loaded. */
static void drop_failed(struct node *node)
{
    node->references--;
    if (node->references == 0) {
        node->mount = NULL;
    }
}

static int load(struct node *node)
{
    node->load_error = node->mount->file_system->load(node);
    node->is_loading = false;
    if (node->load_error != 0) {
        take_out(node);
    }
    worker_wake_all(&node->waiting);
    return node->load_error;
}

/**
 * Gets a node: the one that is in memory, or a new one. May sleep. The mount's lock is held.
 *
 * @param mount   where
 * @param number  its number there; any
 * @param found   set; give it back with node_put()
 * @return 0; ENFILE: too many are referred to; what the file system says: ENOENT, EIO
 */
int node_get(struct mount *mount, uint64_t number, struct node **found)
{
    struct node *node = find(mount, number);
    int error;

    if (node == NULL) {
        node = make(mount, number);
        if (node == NULL) {
            return ENFILE;
        }
        error = load(node);
    } else {
        node->references++;
        while (node->is_loading) {
            worker_sleep_surely(&node->waiting);
        }
        error = node->load_error;
    }
    if (error != 0) {
        drop_failed(node);
    } else {
        *found = node;
    }
    return error;
}

/** Adds a reference. @return the node */
struct node *node_hold(struct node *node)
{
    node->references++;
    return node;
}

/** Ends a reference; with the last one the file system releases the node. */
static void drop(struct node *node)
{
    node->references--;
    if (node->references == 0) {
        take_out(node);
        if (node->mount->file_system->release != NULL) {
            node->mount->file_system->release(node);
        }
        node->mount = NULL;
    }
}

/** Ends a reference. May sleep; the mount's lock is not held. */
void node_put(struct node *node)
{
    struct mount *mount = node->mount;

    if (node->references > 1 || node->status.links > 0) {
        drop(node);
        return;
    }
    mount_lock_write(mount);
    drop(node);
    rw_unlock_write(&mount->lock);
}

/** Ends a reference while the mount's lock is held to write. May sleep. */
void node_put_locked(struct node *node)
{
    drop(node);
}

/** @return whether it is a directory */
bool node_is_directory(const struct node *node)
{
    return S_ISDIR(node->status.mode);
}

/** @return whether it is a symbolic link */
bool node_is_link(const struct node *node)
{
    return S_ISLNK(node->status.mode);
}

/** @return nodes that are in memory, of a mount; NULL: of all */
unsigned nodes_of(const struct mount *mount)
{
    unsigned count = 0;

    for (const struct node *node = nodes; node < nodes + NODES_MAX; node++) {
        count += node->mount != NULL && (mount == NULL || node->mount == mount);
    }
    return count;
}
