/**
 * @file
 * The mount table.
 *
 * A mount's place is free when it has no file system. Who has waited for a mount's lock may find
 * that the mount has gone meanwhile, or another one is in its place: its number tells. Who refers
 * to one of its nodes need not look: such a mount stays.
 */
#include "mounts.h"

#include <errno.h>
#include <string.h>

#include "file_systems.h"

static struct mount mounts[MOUNTS_MAX];
static uint64_t last_number;
static struct node *first_root; /* the root directory of the mount that was made first */

/** @return the mount in a place, 0 to MOUNTS_MAX - 1; NULL: there is none, or it is not ready */
struct mount *mounts_at(unsigned number)
{
    return mounts[number].root != NULL ? &mounts[number] : NULL;
}

/** @return the directory that is seen in place of one: a mount's root, or itself */
struct node *mounts_cross(struct node *node)
{
    while (node->mounted != NULL) {
        node = node->mounted->root;
    }
    return node;
}

/** @return where paths begin that begin with a slash */
struct node *mounts_top(void)
{
    return mounts_cross(first_root);
}

/** @return whether nothing is above a directory: it is where paths begin; or it was, before
 * something was mounted there, and a process has its current directory below */
bool mounts_is_top(const struct node *directory)
{
    return directory == mounts_top() ||
           (directory == directory->mount->root && directory->mount->covered == NULL);
}

static const struct file_system *find_kind(const char *kind)
{
    for (const struct file_system *const *each = file_systems; *each != NULL; each++) {
        if (strcmp((*each)->kind, kind) == 0) {
            return *each;
        }
    }
    return NULL;
}

static struct mount *find_place(void)
{
    for (struct mount *mount = mounts; mount < mounts + MOUNTS_MAX; mount++) {
        if (mount->file_system == NULL) {
            return mount;
        }
    }
    return NULL;
}

/** Copies a text for people: what is longer is cut. */
static void copy_text(char *to, size_t size, const char *from)
{
    size_t length = strlen(from);

    length = length < size ? length : size - 1;
    memcpy(to, from, length);
    to[length] = '\0';
}

static void fill(struct mount *mount, const struct file_system *file_system,
                 const struct mount_plan *plan)
{
    mount->file_system = file_system;
    mount->number = ++last_number;
    mount->is_read_only = plan->is_read_only;
    mount->is_changed = false;
    mount->failures = 0;
    mount->told = 0;
    mount->data = NULL;
    mount->root = NULL;
    mount->covered = NULL;
    copy_text(mount->source, sizeof(mount->source), plan->source);
    copy_text(mount->where, sizeof(mount->where), plan->where);
}

/** Has the file system make a mount ready, and gets its root directory. */
static int make_ready(struct mount *mount, const char *source, struct node **root)
{
    int error = mount->file_system->mount(mount, source);

    if (error != 0) {
        return error;
    }
    error = node_get(mount, mount->root_number, root);
    if (error == 0 && !node_is_directory(*root)) {
        node_put_locked(*root);
        error = EIO;
    }
    if (error != 0 && mount->file_system->unmount != NULL) {
        mount->file_system->unmount(mount);
    }
    return error;
}

/** Shows a mount in its place. */
static void show(struct mount *mount, struct node *covered, struct node *root)
{
    mount->root = root;
    if (covered != NULL) {
        mount->covered = node_hold(covered);
        covered->mounted = mount;
    } else {
        first_root = root;
    }
}

/**
 * Mounts a file system. May sleep.
 *
 * @param plan  what, and where; `covered` is referred to by the caller
 * @return 0; ENODEV: no such kind; ENOMEM: MOUNTS_MAX are there; EBUSY: somebody else has mounted
 *         something there meanwhile; what the file system refuses with
 */
int mounts_add(const struct mount_plan *plan)
{
    const struct file_system *file_system = find_kind(plan->kind);
    struct mount *mount = find_place();
    struct node *root = NULL;
    int error;

    if (file_system == NULL || mount == NULL) {
        return file_system == NULL ? ENODEV : ENOMEM;
    }
    fill(mount, file_system, plan);
    rw_lock_write(&mount->lock);
    error = make_ready(mount, plan->source, &root);
    if (error == 0 && plan->covered != NULL && plan->covered->mounted != NULL) {
        node_put_locked(root);
        if (file_system->unmount != NULL) {
            file_system->unmount(mount);
        }
        error = EBUSY;
    }
    if (error == 0) {
        show(mount, plan->covered, root);
    } else {
        mount->file_system = NULL;
    }
    rw_unlock_write(&mount->lock);
    return error;
}

static bool is_busy(const struct mount *mount)
{
    return mount->root->references > 1 || mount->root->mounted != NULL || nodes_of(mount) > 1;
}

/** Takes a mount away that nobody uses. Its lock is held to write. */
static int remove(struct mount *mount)
{
    int error = is_busy(mount) ? EBUSY : 0;

    if (error == 0) {
        error = mount_sync_last(mount);
    }
    if (error == 0 && is_busy(mount)) {
        error = EBUSY; /* somebody has come meanwhile */
    }
    if (error == 0) {
        mount_count_gone(mount);
        mount->covered->mounted = NULL;
        node_put_locked(mount->root);
        mount->root = NULL;
        if (mount->file_system->unmount != NULL) {
            mount->file_system->unmount(mount);
        }
        mount->file_system = NULL;
    }
    return error;
}

/**
 * Unmounts a file system, after everything was written. May sleep.
 *
 * @param root  its root directory; the caller's reference goes in any case
 * @return 0; EINVAL: it is no mount's root; EBUSY: it is in use, or the system's root; EIO
 */
int mounts_remove(struct node *root)
{
    struct mount *mount = root->mount;
    struct node *covered = mount->covered;
    int error;

    if (mount->root != root || covered == NULL) {
        node_put(root);
        return mount->root != root ? EINVAL : EBUSY;
    }
    rw_lock_write(&mount->lock);
    node_put_locked(root); /* the table's reference is left */
    error = mount->root == root ? remove(mount) : EINVAL;
    rw_unlock_write(&mount->lock);
    if (error == 0) {
        node_put(covered);
    }
    return error;
}

/** Locks a mount to write, and notes that something is changed. */
void mount_lock_write(struct mount *mount)
{
    rw_lock_write(&mount->lock);
    mount->is_changed = mount->file_system != NULL && mount->file_system->sync != NULL;
}

/**
 * Finds out about a mount. May sleep.
 *
 * @param status  set
 * @return 0; ENODEV: it has gone; what the file system refuses with
 */
int mount_status(struct mount *mount, struct file_system_status *status)
{
    uint64_t number = mount->number;
    int error = ENODEV;

    *status = (struct file_system_status){.block_size = mount->block_size};
    rw_lock_read(&mount->lock);
    if (mount->file_system != NULL && mount->number == number) {
        error = mount->file_system->statfs != NULL ? mount->file_system->statfs(mount, status) : 0;
        copy_text(status->kind, sizeof(status->kind), mount->file_system->kind);
        copy_text(status->source, sizeof(status->source), mount->source);
        copy_text(status->where, sizeof(status->where), mount->where);
        status->number = (uint64_t)(mount - mounts);
    }
    rw_unlock_read(&mount->lock);
    return error;
}
