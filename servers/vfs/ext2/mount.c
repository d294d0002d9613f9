/**
 * @file
 * ext2: a disk becomes a mount.
 */
#include "vfs/file_systems.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "print.h"
#include "vfs/ext2/ext2.h"

#define PROBE_SIZE 1024u /* bytes of a block while the super block is looked at */

static struct ext2 mounts[STORAGE_DISKS];

/** @return a record that is free; NULL: there is none */
static struct ext2 *find_free(void)
{
    for (size_t i = 0; i < STORAGE_DISKS; i++) {
        if (mounts[i].mount == NULL) {
            return &mounts[i];
        }
    }
    return NULL;
}

/** Says what is to be known of a disk that is mounted. */
static void tell_state(struct ext2 *ext2, const struct ext2_super *super)
{
    const uint32_t known = EXT2_READ_ONLY_SPARSE_SUPER | EXT2_READ_ONLY_LARGE_FILE;

    if (super->revision > 0 && super->read_only_compatible & ~known) {
        print("[ext2] %s: It has features that allow others only to read it.\n",
              device_name(ext2->device));
        ext2->mount->is_read_only = true;
    }
    if (super->state & EXT2_STATE_DAMAGED) {
        print("[ext2] %s: It is damaged, and therefore read-only. Check it: e2fsck -f.\n",
              device_name(ext2->device));
        ext2->mount->is_read_only = true;
    } else if (ext2->is_unclean) {
        print("[ext2] %s: It was not unmounted. Check it some time: e2fsck -f.\n",
              device_name(ext2->device));
    }
}

/** Reads the super block and all descriptors of an open disk. @return 0; EINVAL: it cannot be used,
 * which has been said; EIO; ENOMEM */
static int read_super(struct ext2 *ext2)
{
    struct buffer *buffer;
    const struct ext2_super *super;
    const char *wrong;
    int error = buffer_get(ext2->device, EXT2_SUPER_AT / PROBE_SIZE, &buffer);

    if (error != 0) {
        return error;
    }
    super = (const struct ext2_super *)buffer->bytes;
    wrong = ext2_super_check(super, device_blocks(ext2->device) * PROBE_SIZE);
    if (wrong == NULL) {
        ext2_super_read(ext2, super);
        tell_state(ext2, super);
    } else {
        print("[ext2] %s: It cannot be mounted: %s.\n", device_name(ext2->device), wrong);
        error = EINVAL;
    }
    buffer_put(buffer);
    return error;
}

/** Looks at the root directory, so that a mount has one. */
static int check_root(struct ext2 *ext2)
{
    struct ext2_file root;
    int error = ext2_file_get(ext2, EXT2_ROOT, &root);

    if (error == 0 && ((root.inode->mode & S_IFMT) != S_IFDIR || root.inode->links == 0)) {
        error = ext2_damage(ext2, EXT2_ROOT, "the root directory is none: mode", root.inode->mode);
        ext2_file_put(&root);
    } else if (error == 0) {
        ext2_file_put(&root);
    }
    return error == ENOENT ? ext2_damage(ext2, EXT2_ROOT, "the root directory is free:", 0) : error;
}

/** Fills a free record. */
static int open_disk(struct ext2 *ext2, const char *source)
{
    int error = device_open(source, PROBE_SIZE, &ext2->device);

    if (error != 0) {
        return error;
    }
    error = read_super(ext2);
    if (error == 0) {
        error = device_set_block_size(ext2->device, ext2->block_size);
    }
    if (error == 0) {
        error = ext2_groups_read(ext2);
    }
    if (error == 0) {
        error = check_root(ext2);
    }
    if (error == 0 && ext2->is_unclean && !ext2->mount->is_read_only && ext2_recover(ext2) != 0) {
        ext2->mount->is_read_only = true;
    }
    if (error != 0) {
        device_close(ext2->device);
    }
    return error;
}

/** Mounts a disk; see struct file_system. Reads nothing else of one that it refuses. */
static int mount_disk(struct mount *mount, const char *source)
{
    struct ext2 *ext2 = find_free();
    int error;

    if (ext2 == NULL) {
        return EBUSY;
    }
    memset(ext2, 0, sizeof(*ext2));
    ext2->mount = mount; /* before this sleeps */
    error = open_disk(ext2, source);
    if (error == 0) {
        ext2->is_changed =
            ext2->is_unclean && !mount->is_read_only; /* so the mark is away already */
        mount->data = ext2;
        mount->root_number = EXT2_ROOT;
        mount->block_size = ext2->block_size;
    } else {
        ext2->mount = NULL;
    }
    return error;
}

static void unmount_disk(struct mount *mount)
{
    struct ext2 *ext2 = mount->data;

    if (ext2->is_changed) {
        ext2_sync(mount); /* what recovery has changed, and nobody has asked for */
    }
    device_close(ext2->device);
    ext2->mount = NULL;
}

const struct file_system ext2_file_system = {
    .kind = "ext2",
    .mount = mount_disk,
    .unmount = unmount_disk,
    .sync = ext2_sync,
    .statfs = ext2_statfs,
    .load = ext2_load,
    .release = ext2_release,
    .lookup = ext2_lookup,
    .readdir = ext2_readdir,
    .read = ext2_read,
    .write = ext2_write,
    .truncate = ext2_truncate,
    .readlink = ext2_readlink,
    .create = ext2_create,
    .link = ext2_link,
    .unlink = ext2_unlink,
    .rmdir = ext2_rmdir,
    .rename = ext2_rename,
    .change = ext2_change,
};
