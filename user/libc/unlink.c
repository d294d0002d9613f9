/**
 * @file
 * Names of files (IEEE 1003.1).
 */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "file_call.h"

/** Makes a request about two paths. @return 0; -1 */
static int ask_two(enum file_request request, const char *first, const char *second)
{
    struct file_call call = {.request = request};

    return file_call_paths(&call, first, second) ? 0 : -1;
}

/** Takes a name away; the file goes with its last one, when nobody has it open any more. @return 0;
 * -1: ENOENT, EISDIR, EROFS, EBUSY, ... */
int unlink(const char *path)
{
    return file_call_path(FILE_UNLINK, path, 0, 0);
}

/** Removes an empty directory. @return 0; -1: ENOENT, ENOTDIR, ENOTEMPTY, EBUSY, EINVAL: ".",
 * ... */
int rmdir(const char *path)
{
    return file_call_path(FILE_RMDIR, path, 0, 0);
}

/** Removes a name, or an empty directory (C11 7.21.4.1). @return 0; -1, as unlink() and rmdir() */
int remove(const char *path)
{
    if (unlink(path) == 0) {
        return 0;
    }
    return errno == EISDIR || errno == EPERM ? rmdir(path) : -1;
}

/** Gives a file one more name in the same file system. @return 0; -1: EEXIST, EXDEV, EMLINK, EPERM:
 * a directory, ... */
int link(const char *there, const char *name)
{
    return ask_two(FILE_LINK, there, name);
}

/** Makes a symbolic link, to any text. @return 0; -1: EEXIST, ENAMETOOLONG, ... */
int symlink(const char *target, const char *name)
{
    return ask_two(FILE_SYMLINK, target, name);
}

/** Gives a file another name; what had this name before is removed at the same moment (C11
 * 7.21.4.2). @return 0; -1: ENOENT, EXDEV, EISDIR, ENOTDIR, ENOTEMPTY, EINVAL: it would go below
 * itself, ... */
int rename(const char *from, const char *to)
{
    return ask_two(FILE_RENAME, from, to);
}

/**
 * Reads where a symbolic link leads.
 *
 * @param path  the link
 * @param to    no NUL is written
 * @param size  of it; what does not fit is cut off
 * @return bytes; -1: ENOENT; EINVAL: it is no symbolic link; ...
 */
ssize_t readlink(const char *restrict path, char *restrict to, size_t size)
{
    struct file_call call = {.request = FILE_READLINK, .to = to, .room = size};

    if (!file_call_paths(&call, path, NULL)) {
        return -1;
    }
    return (ssize_t)(call.words[0] < call.received ? call.words[0] : call.received);
}
