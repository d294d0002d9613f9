/**
 * @file
 * The file system of devices. It has one directory: the server's own devices, and one for each
 * resource manager.
 *
 * Numbers: 1 is the directory, DEV_OWN and so on the server's own devices; a manager's is
 * DEV_MANAGERS and the manager's own number, which is never used again. So is the number of the
 * file.
 */
#include "vfs/dev/dev.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "vfs/clock.h"
#include "vfs/dev/own.h"
#include "vfs/file_systems.h"
#include "vfs/managers.h"

#define ROOT_NUMBER 1u
#define DEV_OWN 2u
#define DEV_MANAGERS 1024u
#define BLOCK_SIZE 4096u
#define DEVICE_MODE (S_IFCHR | 0666)
#define ROOT_MODE (S_IFDIR | 0755)

/** @return whether a node is the directory of devices */
bool dev_is_directory(const struct node *node)
{
    return node->mount->file_system == &dev_file_system && node->number == ROOT_NUMBER;
}

/** Finds a device by its name. @return its number; 0: there is none */
static uint64_t find(const char *name, size_t length)
{
    const struct manager *manager = manager_named(name, length);

    if (manager != NULL) {
        return DEV_MANAGERS + manager->number;
    }
    for (unsigned i = 0; i < DEV_OWN_COUNT; i++) {
        if (strlen(dev_own[i].name) == length && memcmp(dev_own[i].name, name, length) == 0) {
            return DEV_OWN + i;
        }
    }
    return 0;
}

/** @return whether there is a device of a name */
bool dev_has(const char *name, size_t length)
{
    return find(name, length) != 0;
}

/** @return one of the server's own devices by its file's number; NULL: it is none */
static const struct dev_own *own_of(uint64_t number)
{
    return number >= DEV_OWN && number < DEV_OWN + DEV_OWN_COUNT ? &dev_own[number - DEV_OWN]
                                                                 : NULL;
}

static int mount(struct mount *mount, const char *source)
{
    (void)source;
    mount->root_number = ROOT_NUMBER;
    mount->block_size = BLOCK_SIZE;
    return 0;
}

static int load(struct node *node)
{
    bool is_root = node->number == ROOT_NUMBER;

    if (!is_root && own_of(node->number) == NULL &&
        (node->number <= DEV_MANAGERS || manager_find(node->number - DEV_MANAGERS) == NULL)) {
        return ENOENT;
    }
    node->status.mode = is_root ? ROOT_MODE : DEVICE_MODE;
    node->status.links = is_root ? 2 : 1;
    node->status.block_size = BLOCK_SIZE;
    node->status.modified = clock_seconds();
    node->status.accessed = node->status.modified;
    node->status.changed = node->status.modified;
    return 0;
}

static int lookup(struct node *directory, const char *name, size_t length, uint64_t *number)
{
    (void)directory;
    *number = length == 2 && memcmp(name, "..", 2) == 0 ? ROOT_NUMBER : find(name, length);
    return *number != 0 ? 0 : ENOENT;
}

/** Positions: "." and "..", the server's own devices, then the managers by their places. */
static int tell_entry(struct node *directory, uint64_t *position, struct file_entry *entry)
{
    uint64_t at = *position;

    (void)directory;
    if (at < 2) {
        entry_set(entry, ROOT_NUMBER, DT_DIR, "..", at + 1);
        *position = at + 1;
        return 0;
    }
    at -= 2;
    if (at < DEV_OWN_COUNT) {
        entry_set(entry, DEV_OWN + at, DT_CHR, dev_own[at].name, strlen(dev_own[at].name));
        *position += 1;
        return 0;
    }
    for (at -= DEV_OWN_COUNT; at < MANAGERS_MAX; at++) {
        const struct manager *manager = manager_at((unsigned)at);

        if (manager != NULL && manager->name_length > 0) {
            entry_set(entry, DEV_MANAGERS + manager->number, DT_CHR, manager->name,
                      manager->name_length);
            *position = 2 + DEV_OWN_COUNT + at + 1;
            return 0;
        }
    }
    return ENOENT;
}

static int read(struct node *node, uint64_t offset, void *to, size_t size, size_t *done)
{
    const struct dev_own *own = own_of(node->number);

    (void)offset;
    return own != NULL ? own->read(to, size, done) : EIO;
}

static int write(struct node *node, uint64_t offset, const void *from, size_t size, size_t *done)
{
    const struct dev_own *own = own_of(node->number);

    (void)offset;
    return own != NULL ? own->write(from, size, done) : EIO;
}

/** The server's own devices are files like others; what a manager has, it opens. */
static int open(struct node *node, const char *rest, size_t length, unsigned flags,
                struct open_file *file)
{
    if (node->number > DEV_MANAGERS) {
        return manager_open(node->number - DEV_MANAGERS, rest, length, flags, file);
    }
    return length > 0 ? ENOTDIR : 0;
}

const struct file_system dev_file_system = {
    .kind = "dev",
    .mount = mount,
    .load = load,
    .lookup = lookup,
    .readdir = tell_entry,
    .read = read,
    .write = write,
    .open = open,
};
