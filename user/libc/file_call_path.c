/**
 * @file
 * Requests to the VFS server that have paths, or words alone.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "file_call.h"

_Static_assert(PATH_MAX == FILE_PATH_MAX + 1 && FILENAME_MAX == PATH_MAX &&
                   NAME_MAX == FILE_NAME_MAX && SYMLOOP_MAX == FILE_LINKS_MAX &&
                   OPEN_MAX == FILE_DESCRIPTORS && FOPEN_MAX == OPEN_MAX && BUFSIZ == FILE_DATA_MAX,
               "limits.h and stdio.h say what the server says");

/**
 * Makes a request about one or two paths: their lengths are its first words.
 *
 * @param call    the request without these
 * @param first   any text
 * @param second  likewise; NULL: there is one path
 * @return as file_call(); also ENAMETOOLONG
 */
bool file_call_paths(struct file_call *call, const char *first, const char *second)
{
    const char *paths[] = {first, second};

    for (unsigned i = 0; i < 2 && paths[i] != NULL; i++) {
        size_t length = strlen(paths[i]);

        if (length > FILE_PATH_MAX) {
            errno = ENAMETOOLONG;
            return false;
        }
        call->words[i] = length;
        call->parts[i] = (struct file_part){paths[i], length};
    }
    return file_call(call);
}

/**
 * Makes a request about a path whose answer has no words.
 *
 * @param request  which
 * @param path     any text
 * @param second   word 1
 * @param third    word 2
 * @return 0; -1, with errno as file_call_paths()
 */
int file_call_path(enum file_request request, const char *path, uint64_t second, uint64_t third)
{
    struct file_call call = {.request = request, .words = {[1] = second, [2] = third}};

    return file_call_paths(&call, path, NULL) ? 0 : -1;
}

/**
 * Makes a request that has no bytes.
 *
 * @param request  which
 * @param first    word 0
 * @param second   word 1
 * @param third    word 2
 * @return the answer's word 0, not below 0; -1, with errno as file_call()
 */
int64_t file_call_words(enum file_request request, uint64_t first, uint64_t second, uint64_t third)
{
    struct file_call call = {.request = request, .words = {first, second, third}};

    if (!file_call(&call)) {
        return -1;
    }
    if ((int64_t)call.words[0] < 0) {
        errno = EOVERFLOW;
        return -1;
    }
    return (int64_t)call.words[0];
}
