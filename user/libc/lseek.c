/**
 * @file
 * Where an open file is, how long files are, and when they are on the medium (IEEE 1003.1).
 */
#include <unistd.h>

#include "file_call.h"

/**
 * Sets where an open file is.
 *
 * @param descriptor  the file
 * @param offset      in bytes; may lead behind the file's end
 * @param whence      SEEK_SET, SEEK_CUR or SEEK_END
 * @return the new offset from the file's beginning; -1: EBADF; ESPIPE: a pipe or a console; EINVAL:
 *         below 0; EOVERFLOW
 */
off_t lseek(int descriptor, off_t offset, int whence)
{
    return file_call_words(FILE_SEEK, (uint64_t)descriptor, (uint64_t)offset, (uint64_t)whence);
}

/** Makes a file so long; what is new reads as 0. @return 0; -1: EBADF, EINVAL, EFBIG, EROFS, ... */
int ftruncate(int descriptor, off_t size)
{
    return file_call_words(FILE_FTRUNCATE, (uint64_t)descriptor, (uint64_t)size, 0) < 0 ? -1 : 0;
}

/** The same for a file that is not open. @return as ftruncate() and open() */
int truncate(const char *path, off_t size)
{
    return file_call_path(FILE_TRUNCATE, path, (uint64_t)size, 0);
}

/** Returns when what was written to a file is on the medium. @return 0; -1: EBADF; EIO; EINVAL: it
 * is on none */
int fsync(int descriptor)
{
    return file_call_words(FILE_FSYNC, (uint64_t)descriptor, 0, 0) < 0 ? -1 : 0;
}

/** Returns when what was written to all files is on the medium, as far as that is possible. */
void sync(void)
{
    syncfs(0);
}

/** Does what sync() does, and tells how it went (Linux). @param descriptor does not count: all
 * files are written @return 0; -1: EIO */
int syncfs(int descriptor)
{
    (void)descriptor;
    return file_call_words(FILE_SYNC, 0, 0, 0) < 0 ? -1 : 0;
}
