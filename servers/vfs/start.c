/**
 * @file
 * The server's start: its endpoint and notification; then, in a worker, the first mounts; and then
 * others are told that it is there. So nobody asks before there is a root directory.
 */
#include "start.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "buffer.h"
#include "endpoint.h"
#include "mounts.h"
#include "notification.h"
#include "print.h"
#include "root.h"
#include "slots.h"
#include "stats.h"
#include "task.h"
#include "worker_run.h"

#define ROOT_SOURCE "disk0"

/** Ends the server when its start fails: nothing works without it. */
static void expect(bool is_well, const char *what)
{
    if (!is_well) {
        print("[vfs] cannot %s\n", what);
        task_exit(-1);
    }
}

/** Mounts the root directory: the disk's, or an empty one. */
static void mount_root(void)
{
    struct mount_plan plan = {.kind = "ext2", .source = ROOT_SOURCE, .where = "/"};
    int error = mounts_add(&plan);

    if (error == 0) {
        print("[vfs] " ROOT_SOURCE " is the root directory%s\n",
              mounts_top()->mount->is_read_only ? ", only to be read" : "");
        return;
    }
    print("[vfs] there is no file system on " ROOT_SOURCE " (%s)\n", strerror(error));
    plan = (struct mount_plan){.kind = "ramfs", .source = "memory", .where = "/"};
    expect(mounts_add(&plan) == 0, "make an empty root directory");
    print("[vfs] the root directory is empty, and in memory\n");
}

/** What is mounted in the root directory. */
struct start_mount {
    const char *kind, *where; /**< where: a slash, and a name */
    uint32_t permissions;
};

/** Finds a directory in the root directory, or makes it. @param found set */
static int get_directory(struct node *root, const struct start_mount *what, struct node **found)
{
    const struct mount *mount = root->mount;
    const char *name = what->where + 1;
    uint64_t number = 0;
    int error;

    mount_lock_write(root->mount);
    error = mount->file_system->lookup(root, name, strlen(name), &number);
    if (error == ENOENT && !mount->is_read_only) {
        error = mount->file_system->create(root, name, strlen(name), S_IFDIR | what->permissions,
                                           NULL, &number);
    }
    if (error == 0) {
        error = node_get(root->mount, number, found);
    }
    rw_unlock_write(&root->mount->lock);
    return error;
}

/** Mounts what needs no disk. */
static void mount_others(void)
{
    static const struct start_mount others[] = {
        {"proc", "/proc", 0555}, {"dev", "/dev", 0755}, {"ramfs", "/tmp", 01777}};

    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        struct node *directory = NULL;
        int error = get_directory(mounts_top(), &others[i], &directory);

        if (error == 0) {
            struct mount_plan plan = {.kind = others[i].kind,
                                      .source = others[i].kind,
                                      .where = others[i].where,
                                      .covered = directory};

            error = node_is_directory(directory) ? mounts_add(&plan) : ENOTDIR;
            node_put(directory);
        }
        if (error != 0) {
            print("[vfs] there will be no %s: %s\n", others[i].where, strerror(error));
        }
    }
}

/** What the first worker does. */
static void begin(void)
{
    mount_root();
    mount_others();
    expect(slot_copy((slot){SLOT_PUBLISHED}, (slot){SLOT_CLIENTS}, RIGHT_SEND | RIGHT_GRANT, 0) ==
               ERROR_NONE,
           "copy the endpoint");
    expect(root_watch(), "be told of processes that end");
    expect(root_serve(), "be given to programs from files");
    expect(endpoint_register("vfs", (slot){SLOT_PUBLISHED}) == ERROR_NONE, "register");
    slot_delete((slot){SLOT_PUBLISHED});
}

/** Makes a notification, bound to this thread, and copies of it with badges. */
static bool make_signals(void)
{
    slot signals = {SLOT_SIGNALS};

    return notification_create(signals) == ERROR_NONE && notification_bind(signals) == ERROR_NONE &&
           slot_copy((slot){SLOT_SIGNAL_ENDED}, signals, RIGHT_SEND, SIGNAL_ENDED) == ERROR_NONE &&
           slot_copy((slot){SLOT_SIGNAL_STORAGE}, signals, RIGHT_SEND, SIGNAL_STORAGE) ==
               ERROR_NONE;
}

/** Begins: when this returns, workers_run() and then receiving is all that is left to do. */
void start_begin(void)
{
    stats_begin();
    workers_begin();
    ipc_buffer->receive_slot = SLOT_ARRIVING;
    expect(endpoint_create((slot){SLOT_CLIENTS}) == ERROR_NONE, "make an endpoint");
    expect(make_signals(), "make a notification");
    worker_start(begin);
}
