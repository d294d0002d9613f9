/**
 * @file
 * /dev/mydevice: a device of your own.
 *
 * A device need not be a piece of hardware: it is whatever answers when a file in /dev is opened,
 * read and written. This one keeps a text in the memory of a process. Start it, and it is there;
 * end it, and it is gone:
 *
 *     MicroK> mydevice &
 *     MicroK> echo hello > /dev/mydevice
 *     MicroK> cat /dev/mydevice
 *     hello
 *
 * `cat` asks the VFS server to read a file. That knows nothing of this device but who answers for
 * its path, and hands the question on: so cat's read arrives here as a call of mydevice_read(), and
 * what that puts into `to` arrives in cat. The server does not wait meanwhile, and this process has
 * no more authority than any other: whatever it does wrong, it hurts those alone who use it.
 *
 * For a device of another kind, change the functions. What they are asked stands in
 * user/lib/manager.h, and what they must answer in the comments below.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "files.h"
#include "manager.h"

#define PATH "/dev/mydevice"
#define TEXT_MAX 4096u

static char text[TEXT_MAX]; /* the bytes from `length` on are 0 */
static uint64_t length;

#define APPEND 1 /* a handle: everything is written to the end of the text */

/** Opens the device, or refuses a path below it. With O_TRUNC the text becomes empty, as a file
 * would. All who open it share one text; the handle says how it is written. */
static int64_t mydevice_open(const char *path, unsigned flags)
{
    if (path[0] != '\0') {
        return -ENOTDIR;
    }
    if ((flags & O_TRUNC) != 0) {
        memset(text, 0, sizeof(text));
        length = 0;
    }
    return (flags & O_APPEND) != 0 ? APPEND : 0;
}

/**
 * Reads: copies the bytes of the text from `offset` on to `to`, as many as there are, but at most
 * `size`. The text stays as it is, and nothing behind what was copied is touched.
 *
 * @param handle  what mydevice_open() has given; of no interest to readers
 * @param offset  where in the text to begin: any number. At the end of the text or behind it there
 *                is nothing to be read
 * @param to      room for `size` bytes
 * @param size    0 or more
 * @return how many bytes were copied; 0: there are none, which a reader takes for the end of the
 *         file
 */
int64_t mydevice_read(uint64_t handle, uint64_t offset, void *to, size_t size)
{
    (void)handle;
    if (offset >= length) {
        return 0;
    }
    if (size > length - offset) {
        size = length - offset;
    }
    memcpy(to, &text[offset], size);
    return (int64_t)size;
}

/**
 * Writes: puts bytes into the text from `offset` on, in place of those that stand there. The text
 * becomes longer if they reach behind its end; then bytes between its old end and `offset` are 0.
 * It never becomes shorter. If not all of the bytes fit into TEXT_MAX, those that fit are taken:
 * the writer is told how many, and asks again for the others.
 *
 * @param handle  what mydevice_open() has given. With APPEND the end of the text is meant, whatever
 *                `offset` is
 * @param offset  where in the text to begin: any number
 * @param from    the bytes
 * @param size    how many; writing none changes nothing
 * @return how many bytes were taken; -ENOSPC when there are some and none fits
 */
int64_t mydevice_write(uint64_t handle, uint64_t offset, const void *from, size_t size)
{
    if (handle == APPEND) {
        offset = length;
    }
    if (size == 0) {
        return 0;
    }
    if (offset >= TEXT_MAX) {
        return -ENOSPC;
    }
    if (size > TEXT_MAX - offset) {
        size = TEXT_MAX - offset;
    }
    memcpy(&text[offset], from, size);
    if (offset + size > length) {
        length = offset + size;
    }
    return (int64_t)size;
}

int main(void)
{
    static const struct manager_handlers handlers = {
        .open = mydevice_open, .read = mydevice_read, .write = mydevice_write};
    int error = manager_run(files_endpoint, PATH, &handlers);

    fprintf(stderr, "mydevice: " PATH ": %s\n", strerror(error));
    return 1;
}
