/**
 * @file
 * Reading from files (IEEE 1003.1, read and pread).
 */
#include <errno.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_call.h"

/** Reads what one message takes. @return bytes; -1 */
static ssize_t read_piece(int descriptor, void *to, size_t size, uint64_t offset)
{
    struct file_call call = {.request = FILE_READ, .to = to};

    call.room = size < FILE_DATA_MAX ? size : FILE_DATA_MAX;
    call.words[0] = (uint64_t)descriptor;
    call.words[1] = call.room;
    call.words[2] = offset;
    if (!file_call(&call)) {
        return -1;
    }
    if (call.words[0] > call.received) { /* the server contradicts itself */
        errno = EIO;
        return -1;
    }
    return (ssize_t)call.words[0];
}

/** Whether more may be asked for when a piece was full: a pipe or a console might make the program
 * wait then, although it has something already. */
static bool may_go_on(int descriptor)
{
    struct stat status;

    return fstat(descriptor, &status) == 0 && !S_ISFIFO(status.st_mode) &&
           !(S_ISCHR(status.st_mode) && isatty(descriptor));
}

static ssize_t read_all(int descriptor, char *to, size_t size, uint64_t offset)
{
    size_t done = 0;

    if (size > SSIZE_MAX) {
        errno = EINVAL;
        return -1;
    }
    for (;;) {
        uint64_t from = offset == FILE_CURRENT ? offset : offset + done;
        size_t wanted = size - done < FILE_DATA_MAX ? size - done : FILE_DATA_MAX;
        ssize_t got = read_piece(descriptor, to + done, wanted, from);
        bool is_first = done == 0;

        if (got < 0 && is_first) {
            return -1;
        }
        done += got > 0 ? (size_t)got : 0;
        if (got < (ssize_t)wanted || done == size || (is_first && !may_go_on(descriptor))) {
            return (ssize_t)done;
        }
    }
}

/**
 * Reads from where the open file is.
 *
 * @param descriptor  the file
 * @param to          room for `size` bytes
 * @param size        0 to SSIZE_MAX
 * @return how many bytes there were: less than `size` at the file's end, and from pipes and
 *         consoles what is there; 0: the end; -1: EBADF, EISDIR, EIO, EINTR, EAGAIN, ...
 */
ssize_t read(int descriptor, void *to, size_t size)
{
    return read_all(descriptor, to, size, FILE_CURRENT);
}

/** Reads from an offset; where the open file is does not change. @return as read(); -1: ESPIPE: it
 * has no offsets; EINVAL: below 0 */
ssize_t pread(int descriptor, void *to, size_t size, off_t offset)
{
    if (offset < 0) {
        errno = EINVAL;
        return -1;
    }
    return read_all(descriptor, to, size, (uint64_t)offset);
}
