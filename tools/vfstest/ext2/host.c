/**
 * @file
 * The server's place: nodes of one mount, workers that are one only, words.
 */
#include "host.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "print.h"
#include "vfs/clock.h"
#include "vfs/ext2/ext2.h"
#include "vfs/file_systems.h"

#define NODES 256u

struct mount mount;
uint64_t lines;

static struct node nodes[NODES];

void print(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    vfprintf(stderr, format, values);
    va_end(values);
    lines++;
}

/** Time goes on, but is the same in each run. */
uint64_t clock_seconds(void)
{
    static uint64_t now = 1700000000;

    return now++;
}

/** The only worker sleeps: time for the disk. */
void worker_sleep_surely(struct wait_queue *queue)
{
    (void)queue;
    if (!disk_step()) {
        fprintf(stderr, "host: a worker sleeps, but nothing is under way\n");
        abort();
    }
}

void worker_wake_all(struct wait_queue *queue)
{
    (void)queue;
}

/* Allocations that fail when it was asked for (the linker's --wrap). */

int __real_ext2_block_take(struct ext2 *ext2, uint32_t goal, uint32_t *block);
int __wrap_ext2_block_take(struct ext2 *ext2, uint32_t goal, uint32_t *block);
int __real_ext2_inode_take(struct ext2 *ext2, uint32_t near, bool is_directory, uint32_t *number);
int __wrap_ext2_inode_take(struct ext2 *ext2, uint32_t near, bool is_directory, uint32_t *number);

int __wrap_ext2_block_take(struct ext2 *ext2, uint32_t goal, uint32_t *block)
{
    bool fails = faults.no_block > 0 && --faults.no_block == 0;

    return fails ? ENOSPC : __real_ext2_block_take(ext2, goal, block);
}

int __wrap_ext2_inode_take(struct ext2 *ext2, uint32_t near, bool is_directory, uint32_t *number)
{
    bool fails = faults.no_inode > 0 && --faults.no_inode == 0;

    return fails ? ENOSPC : __real_ext2_inode_take(ext2, near, is_directory, number);
}

int node_get(struct mount *where, uint64_t number, struct node **found)
{
    struct node *free = NULL;
    int error;

    for (struct node *node = nodes; node < nodes + NODES; node++) {
        if (node->references > 0 && node->number == number) {
            node->references++;
            *found = node;
            return 0;
        }
        free = node->references == 0 ? node : free;
    }
    if (free == NULL) {
        return ENFILE;
    }
    *free = (struct node){.mount = where, .number = number, .references = 1};
    error = where->file_system->load(free);
    if (error != 0) {
        free->references = 0;
        return error;
    }
    *found = free;
    return 0;
}

void node_put(struct node *node)
{
    if (--node->references == 0) {
        node->mount->file_system->release(node);
    }
}

void host_put(struct node *node)
{
    bool is_written = mount.lock.is_written;

    if (node != NULL) {
        mount.lock.is_written = is_written || (node->references == 1 && node->status.links == 0);
        node_put(node);
        mount.lock.is_written = is_written;
    }
}

int host_mount(bool is_read_only)
{
    int error;

    mount =
        (struct mount){.file_system = &ext2_file_system, .number = 1, .is_read_only = is_read_only};
    error = mount.file_system->mount(&mount, "disk0");
    if (error == 0) {
        error = node_get(&mount, mount.root_number, &mount.root);
        if (error != 0) {
            mount.file_system->unmount(&mount);
        }
    }
    if (error != 0) {
        mount.root = NULL;
    }
    return error;
}

int host_unmount(void)
{
    int error = mount.file_system->sync(&mount);

    node_put(mount.root);
    mount.root = NULL;
    for (struct node *node = nodes; node < nodes + NODES; node++) {
        if (node->references != 0) {
            fprintf(stderr, "host: inode %lu is still in use\n", node->number);
            abort();
        }
    }
    mount.file_system->unmount(&mount);
    return error;
}

/** Goes one step of a path. */
static int step(struct node **at, const char *name, size_t length)
{
    struct node *next = NULL;
    uint64_t number;
    int error = ENOTDIR;

    if (S_ISDIR((*at)->status.mode)) {
        error = mount.file_system->lookup(*at, name, length, &number);
    }
    if (error == 0) {
        error = node_get(&mount, number, &next);
    }
    host_put(*at);
    *at = next;
    return error;
}

static int walk(const char *path, const char *end, struct node **found)
{
    int error = 0;

    mount.root->references++;
    *found = mount.root;
    while (error == 0 && path < end) {
        const char *slash = memchr(path, '/', (size_t)(end - path));
        size_t length = (size_t)((slash != NULL ? slash : end) - path);

        if (length > 0) {
            error = step(found, path, length);
        }
        path += length + 1;
    }
    return error;
}

/** Finds what a path names. @return also ENOENT and so on; then `found` is NULL */
int host_walk(const char *path, struct node **found)
{
    return walk(path, path + strlen(path), found);
}

/** Finds the directory that a path's last name is in. */
int host_parent(const char *path, struct node **parent, const char **name)
{
    const char *slash = strrchr(path, '/');
    int error = walk(path, slash != NULL ? slash : path, parent);

    *name = slash != NULL ? slash + 1 : path;
    if (error == 0 && !S_ISDIR((*parent)->status.mode)) {
        host_put(*parent);
        *parent = NULL;
        error = ENOTDIR;
    }
    return error;
}
