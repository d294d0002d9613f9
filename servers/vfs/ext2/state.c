/**
 * @file
 * ext2: whether what is on the disk is whole, and the moment at which it is.
 *
 * The super block says `clean` while the disk has everything: from a sync on, until something is
 * changed. The first change takes the mark away, and that is on the medium before anything else is.
 */
#include "vfs/ext2/ext2.h"

#include <errno.h>
#include <string.h>

#include "print.h"
#include "vfs/clock.h"

#define TOLD_MAX 20u /* lines about damage, of one mount */

/** @return the time of day, as inodes have it */
uint32_t ext2_now(void)
{
    uint64_t seconds = clock_seconds();

    return seconds > UINT32_MAX ? UINT32_MAX : (uint32_t)seconds;
}

/** Brings the super block up to date, and writes it. @param state enum ext2_state */
static int write_super(struct ext2 *ext2, uint16_t state)
{
    struct ext2_super *super;
    struct buffer *buffer;
    int error = ext2_super_get(ext2, &buffer, &super);

    if (error == 0) {
        super->state = state;
        super->free_blocks = ext2->free_blocks;
        super->free_inodes = ext2->free_inodes;
        buffer_changed(buffer);
        error = buffer_write(buffer);
        buffer_put(buffer);
    }
    return error;
}

/**
 * Begins an operation that changes something. Every one of them begins so.
 *
 * @param ext2  with its mount's lock
 * @return 0; EROFS; EIO; ENOMEM
 */
int ext2_begin(struct ext2 *ext2)
{
    int error;

    if (ext2->mount->is_read_only) {
        return EROFS;
    }
    if (ext2->is_changed) {
        return 0;
    }
    error = ext2->is_unclean ? 0 : write_super(ext2, 0);
    if (error == 0) {
        error = device_flush(ext2->device);
    }
    ext2->is_changed = error == 0;
    return error;
}

/** @return what the super block says of a disk on which everything is that was done */
static uint16_t state_of(const struct ext2 *ext2)
{
    if (ext2->is_damaged) {
        return EXT2_STATE_DAMAGED;
    }
    return ext2->is_unclean || ext2->orphans > 0 || device_has_lost(ext2->device)
               ? 0
               : EXT2_STATE_CLEAN;
}

/** Writes everything. The super block comes last. */
static int write_everything(struct ext2 *ext2)
{
    int error = cache_sync(ext2->device);

    if (error != 0 || !ext2->is_changed) {
        return error;
    }
    ext2->is_changed = false; /* also if that fails: the next change takes the mark away again */
    error = write_super(ext2, state_of(ext2));
    return error != 0 ? error : cache_sync(ext2->device);
}

/** Writes everything to the medium; see struct file_system. Damage that has made a mount read-only
 * does not keep it from that: what clients were told to be written before is written, and the super
 * block says of the damage. */
int ext2_sync(struct mount *mount)
{
    struct ext2 *ext2 = mount->data;
    int error = write_everything(ext2);

    mount->failures = device_failures(ext2->device);
    return error;
}

/** Tells how full it is; see struct file_system. */
int ext2_statfs(struct mount *mount, struct file_system_status *status)
{
    const struct ext2 *ext2 = mount->data;

    status->block_size = ext2->block_size;
    status->blocks = ext2->blocks;
    status->free_blocks = ext2->free_blocks;
    status->inodes = ext2->inodes;
    status->free_inodes = ext2->free_inodes;
    return 0;
}

/** Nothing is changed any more, so that damage does not spread; the disk says so, too. */
static void make_read_only(struct ext2 *ext2)
{
    print("[ext2] %s: It is read-only from now on. Check it: e2fsck -f.\n",
          device_name(ext2->device));
    ext2->mount->is_read_only = true;
    ext2->is_damaged = true;
    write_super(ext2, EXT2_STATE_DAMAGED);
}

/**
 * Says on the console that something on the disk is wrong. If it was found while something was
 * being changed, that was the last change.
 *
 * @param ext2   mounted
 * @param inode  of the file that it was found with; 0: none
 * @param what   is wrong, in words that a number follows
 * @param which  the number
 * @return EIO, for the caller
 */
int ext2_damage(struct ext2 *ext2, uint32_t inode, const char *what, uint64_t which)
{
    if (ext2->told < TOLD_MAX) {
        print("[ext2] %s: inode %u: %s %lu.\n", device_name(ext2->device), inode, what, which);
    } else if (ext2->told == TOLD_MAX) {
        print("[ext2] %s: There is more damage; no more is said.\n", device_name(ext2->device));
    }
    ext2->told++;
    if (ext2->mount->lock.is_written && !ext2->mount->is_read_only) {
        make_read_only(ext2);
    }
    return EIO;
}

/** Writes a block before others can be: see ext2.h. If that fails, the cache says so, tries again,
 * and has the next sync fail; the operation goes on. */
void ext2_write_first(struct buffer *buffer)
{
    buffer_write(buffer);
}
