/**
 * @file
 * Setting a file's times (IEEE 1003.1-2001).
 */
#include <utime.h>

#include <time.h>

#include "file_call.h"

/**
 * Sets when a file was read and written last.
 *
 * @param path   the file
 * @param times  NULL: now
 * @return 0; -1: ENOENT, EROFS, ...; as time()
 */
int utime(const char *path, const struct utimbuf *times)
{
    struct utimbuf now;

    if (times == NULL) {
        now.actime = now.modtime = time(NULL);
        times = &now;
    }
    return file_call_path(FILE_UTIME, path, (uint64_t)times->actime, (uint64_t)times->modtime);
}
