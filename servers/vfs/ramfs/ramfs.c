/**
 * @file
 * The file system in memory: mounting, and its operations.
 */
#include <errno.h>
#include <sys/stat.h>

#include "vfs/file_systems.h"
#include "vfs/ramfs/ramfs.h"

#define ROOT_MODE (S_IFDIR | 01777)

static int mount(struct mount *mount, const char *source)
{
    struct ram_file *root = ram_file_make(mount, ROOT_MODE);

    (void)source;
    if (root == NULL) {
        return ENOSPC;
    }
    mount->root_number = ram_file_number(root);
    mount->block_size = PAGE_BYTES;
    root->above = mount->root_number;
    return 0;
}

/** Frees all files: nobody can find them any more. */
static void unmount(struct mount *mount)
{
    for (uint64_t number = 1; number <= RAM_FILES; number++) {
        struct ram_file *file = ram_file_at(number);

        if (file->mount == mount) {
            ram_file_free(file);
        }
    }
}

static int statfs(struct mount *mount, struct file_system_status *status)
{
    size_t left = RAM_PAGES - ram_pages_used();

    status->block_size = mount->block_size;
    status->blocks = RAM_PAGES;
    status->free_blocks = left < pages_free() ? left : pages_free();
    status->inodes = RAM_FILES;
    status->free_inodes = RAM_FILES - ram_files_used();
    return 0;
}

static int load(struct node *node)
{
    struct ram_file *file = ram_file_at(node->number);

    if (file == NULL || file->mount != node->mount) {
        return ENOENT;
    }
    file->status.device = node->status.device;
    file->status.inode = node->number;
    node->status = file->status;
    node->data = file;
    return 0;
}

static void release(struct node *node)
{
    struct ram_file *file = ram_file_of(node);

    file->status = node->status;
    if (node->status.links == 0) {
        ram_file_free(file);
    }
}

static int readlink(struct node *node, char *to, size_t *length)
{
    return ram_read(node, 0, to, FILE_PATH_MAX, length);
}

/** Status is kept in the node: there is nothing else to change. */
static int change(struct node *node)
{
    (void)node;
    return 0;
}

const struct file_system ramfs_file_system = {
    .kind = "ramfs",
    .mount = mount,
    .unmount = unmount,
    .statfs = statfs,
    .load = load,
    .release = release,
    .lookup = ram_lookup,
    .readdir = ram_readdir,
    .read = ram_read,
    .write = ram_write,
    .truncate = ram_truncate,
    .readlink = readlink,
    .create = ram_create,
    .link = ram_link,
    .unlink = ram_unlink,
    .rmdir = ram_rmdir,
    .rename = ram_rename,
    .change = change,
};
