/**
 * @file
 * Writing to files (IEEE 1003.1, write and pwrite).
 */
#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "file_call.h"

/** Writes what one message takes. @return bytes; -1 */
static ssize_t write_piece(int descriptor, const void *from, size_t size, uint64_t offset)
{
    struct file_call call = {.request = FILE_WRITE};

    size = size < FILE_DATA_MAX ? size : FILE_DATA_MAX;
    call.words[0] = (uint64_t)descriptor;
    call.words[1] = size;
    call.words[2] = offset;
    call.parts[0] = (struct file_part){from, size};
    if (!file_call(&call)) {
        return -1;
    }
    return call.words[0] < size ? (ssize_t)call.words[0] : (ssize_t)size;
}

static ssize_t write_all(int descriptor, const char *from, size_t size, uint64_t offset)
{
    size_t done = 0;
    ssize_t written;

    if (size > SSIZE_MAX) {
        errno = EINVAL;
        return -1;
    }
    do {
        written = write_piece(descriptor, from + done, size - done,
                              offset == FILE_CURRENT ? offset : offset + done);
        if (written < 0 && done == 0) {
            return -1;
        }
        done += written > 0 ? (size_t)written : 0;
    } while (written > 0 && done < size);
    return (ssize_t)done;
}

/**
 * Writes where the open file is, or at its end with O_APPEND.
 *
 * @param descriptor  the file
 * @param from        the bytes
 * @param size        0 to SSIZE_MAX
 * @return how many bytes were written: less than `size` when an error has stopped it; -1: EBADF,
 *         ENOSPC, EFBIG, EIO, EINTR, EPIPE: nobody reads the pipe, ...
 */
ssize_t write(int descriptor, const void *from, size_t size)
{
    return write_all(descriptor, from, size, FILE_CURRENT);
}

/** Writes at an offset; where the open file is does not change. @return as write(); -1: ESPIPE: it
 * has no offsets; EINVAL: below 0 */
ssize_t pwrite(int descriptor, const void *from, size_t size, off_t offset)
{
    if (offset < 0) {
        errno = EINVAL;
        return -1;
    }
    return write_all(descriptor, from, size, (uint64_t)offset);
}
