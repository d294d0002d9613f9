/**
 * @file
 * Open files of resource managers.
 *
 * `serial` is the manager's number, `handle` what it has given the file. Reading may take as long
 * as it likes, and others may read and write the same open file meanwhile; so its offset is no more
 * than a count of what went over, which the manager is told.
 */
#include <errno.h>

#include "managers.h"

/** Asks the manager of an open file, if it has not ended. */
static int ask(struct open_file *file, struct manager_call *call)
{
    struct manager *manager = manager_find(file->serial);

    call->handle = file->handle;
    return manager != NULL ? manager_ask(manager, call) : EIO;
}

static int read(struct open_file *file, uint64_t offset, void *to, size_t size, size_t *done)
{
    struct manager_call call = {
        .what = MANAGER_READ, .words = {size, file->offset}, .room = to, .room_size = size};
    int error = ask(file, &call);

    (void)offset;
    if (error == 0) {
        *done = call.result;
        file->offset += call.result;
    }
    return error;
}

static int write(struct open_file *file, uint64_t *offset, const void *from, size_t size,
                 size_t *done)
{
    struct manager_call call = {.what = MANAGER_WRITE,
                                .words = {size, file->offset},
                                .bytes = from,
                                .size = size,
                                .room_size = size};
    int error = ask(file, &call);

    (void)offset;
    if (error == 0) {
        *done = call.result;
        file->offset += call.result;
    }
    return error;
}

static int control(struct open_file *file, uint64_t command, uint64_t argument, uint64_t *result)
{
    struct manager_call call = {.what = MANAGER_CONTROL, .words = {command, argument}};
    int error = ask(file, &call);

    *result = call.result;
    return error;
}

static void close(struct open_file *file)
{
    struct manager *manager = manager_find(file->serial);

    if (manager != NULL) {
        manager_file_gone(manager);
        manager_tell(manager, MANAGER_CLOSE, file->handle);
    }
}

static const struct file_kind manager_kind = {
    .read = read, .write = write, .control = control, .close = close};

/**
 * Opens a file of a manager.
 *
 * @param number  the manager's
 * @param rest    path behind the manager's name
 * @param flags   all of FILE_OPEN's
 * @param file    becomes the manager's
 * @return as manager_ask(); EIO: the manager has ended; EAGAIN: it has MANAGER_FILES
 */
int manager_open(uint64_t number, const char *rest, size_t length, unsigned flags,
                 struct open_file *file)
{
    struct manager *manager = manager_find(number);
    struct manager_call call = {
        .what = MANAGER_OPEN, .words = {flags, length}, .bytes = rest, .size = length};
    int error;

    if (manager == NULL || manager->files >= MANAGER_FILES) {
        return manager == NULL ? EIO : EAGAIN;
    }
    manager->files++;
    error = manager_ask(manager, &call);
    if (manager_find(number) != manager) {
        return error != 0 ? error : EIO; /* it has answered, and ended since */
    }
    if (error != 0) {
        manager_file_gone(manager);
    } else {
        file->kind = &manager_kind;
        file->serial = number;
        file->handle = call.result;
    }
    return error;
}
