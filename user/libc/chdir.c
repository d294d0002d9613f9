/**
 * @file
 * The current directory (IEEE 1003.1).
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file_call.h"

/** Makes a directory the current one. @return 0; -1: ENOENT, ENOTDIR, ... */
int chdir(const char *path)
{
    return file_call_path(FILE_CHDIR, path, 0, 0);
}

/** Asks for the current directory. @return its length; -1 */
static int64_t ask(char path[FILE_PATH_MAX])
{
    struct file_call call = {.request = FILE_GETCWD, .to = path, .room = FILE_PATH_MAX};

    if (!file_call(&call)) {
        return -1;
    }
    if (call.words[0] > call.received) {
        errno = EIO;
        return -1;
    }
    return (int64_t)call.words[0];
}

/**
 * @param to    gets the current directory's path; NULL: memory that is to be freed
 * @param size  of it, in bytes; with NULL 0: as much as it takes
 * @return the path; NULL: ERANGE: it does not fit; EINVAL: no room at all; ENOENT: the directory
 *         has been removed; ENOMEM
 */
char *getcwd(char *to, size_t size)
{
    char path[FILE_PATH_MAX];
    int64_t length;

    if (to != NULL && size == 0) {
        errno = EINVAL;
        return NULL;
    }
    length = ask(path);
    if (length < 0) {
        return NULL;
    }
    if (size != 0 && (size_t)length >= size) {
        errno = ERANGE;
        return NULL;
    }
    if (to == NULL) {
        return strndup(path, (size_t)length);
    }
    memcpy(to, path, (size_t)length);
    to[length] = '\0';
    return to;
}
