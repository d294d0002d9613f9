/**
 * @file
 * Mounts: writing what has changed, and telling what could not be written.
 *
 * A block may fail to be written long after its client was told that all is well: when its place is
 * needed, or by the write-back that nobody waits for. So failures are counted when they happen, and
 * told when somebody asks whether everything is written. Every open file and every client notes how
 * many it was told of, so nobody takes away what another one has to know. A new one begins with
 * what somebody was told of already: failures that nobody knows of are told to it, too, since
 * "sync" is a program that begins after them. (Linux: errseq_t.)
 *
 * A failure is told also when the block was written by a later attempt: order between blocks, which
 * may have mattered, was lost all the same.
 */
#include <errno.h>

#include "mounts.h"

static uint64_t gone; /* failures of mounts that are unmounted; all of them were told */

/**
 * Writes what has changed in a mount to its medium. May sleep.
 *
 * Also when the mount is read-only. Nothing is to be written if it was so from the beginning. But
 * damage may have made it so, and what clients were told to be written before that is still in
 * memory: it is written, for it was checked when it was changed, and nothing new is added. What
 * cannot be written is an error as with any other mount. The damage itself is none: it was told to
 * the one whose request has met it.
 *
 * @return 0; also when it has gone; what the file system says
 */
int mount_sync(struct mount *mount)
{
    uint64_t number = mount->number;
    int error = 0;

    rw_lock_read(&mount->lock);
    if (mount->root != NULL && mount->number == number && mount->file_system->sync != NULL) {
        mount->is_changed = false;
        error = mount->file_system->sync(mount);
        mount->is_changed = mount->is_changed || error != 0;
    }
    rw_unlock_read(&mount->lock);
    return error;
}

/**
 * Writes what has changed to the media. May sleep.
 *
 * @param only_changed  whether mounts are left out that have not changed
 * @return 0, or the last error; the others have been written
 */
int mounts_sync(bool only_changed)
{
    int last = 0;

    for (unsigned i = 0; i < MOUNTS_MAX; i++) {
        struct mount *mount = mounts_at(i);

        if (mount != NULL && (mount->is_changed || !only_changed)) {
            int error = mount_sync(mount);

            last = error != 0 ? error : last;
        }
    }
    return last;
}

/** @return whether anything has changed that has not been written yet */
bool mounts_are_changed(void)
{
    for (unsigned i = 0; i < MOUNTS_MAX; i++) {
        if (mounts_at(i) != NULL && mounts_at(i)->is_changed) {
            return true;
        }
    }
    return false;
}

/** Notes that somebody is told of all failures of a mount. @return how many there were so far */
uint64_t mount_tell(struct mount *mount)
{
    mount->told = mount->failures;
    return mount->told;
}

/** The same for all mounts, those that have gone among them. */
uint64_t mounts_tell(void)
{
    for (unsigned i = 0; i < MOUNTS_MAX; i++) {
        if (mounts_at(i) != NULL) {
            mount_tell(mounts_at(i));
        }
    }
    return mounts_told();
}

/** @return how many failures somebody was told of, of all mounts */
uint64_t mounts_told(void)
{
    uint64_t told = gone;

    for (unsigned i = 0; i < MOUNTS_MAX; i++) {
        told += mounts_at(i) != NULL ? mounts_at(i)->told : 0;
    }
    return told;
}

/**
 * Writes everything a last time, before a mount goes. Its lock is held to write. May sleep.
 *
 * @return 0; EIO, also for failures that nobody was told of yet: whoever unmounts is told, once
 */
int mount_sync_last(struct mount *mount)
{
    uint64_t told = mount->told;
    int error = mount->file_system->sync != NULL ? mount->file_system->sync(mount) : 0;

    return mount_tell(mount) != told && error == 0 ? EIO : error;
}

/** Keeps a mount's failures in the count when it goes. */
void mount_count_gone(const struct mount *mount)
{
    gone += mount->told;
}
