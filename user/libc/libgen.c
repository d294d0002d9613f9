/**
 * @file
 * Parts of a path (IEEE 1003.1, basename and dirname).
 */
#include <libgen.h>
#include <string.h>

/** Cuts off slashes at the end, but not a slash that is all. @return the length left */
static size_t cut_slashes(char *path, size_t length)
{
    while (length > 1 && path[length - 1] == '/') {
        path[--length] = '\0';
    }
    return length;
}

/**
 * @param path  any, NULL too; slashes at its end are cut off
 * @return the last name in it; "/" if there are only slashes; "." if there is nothing. A part of
 *         `path`, or not to be changed
 */
char *basename(char *path)
{
    char *slash;

    if (path == NULL || *path == '\0') {
        return ".";
    }
    cut_slashes(path, strlen(path));
    slash = strrchr(path, '/');
    return slash == NULL || slash[1] == '\0' ? path : slash + 1;
}

/**
 * @param path  any, NULL too; its last name and the slashes around it are cut off
 * @return what is left; "/" if that was only slashes; "." if it was nothing. A part of `path`, or
 *         not to be changed
 */
char *dirname(char *path)
{
    char *slash;

    if (path == NULL || *path == '\0') {
        return ".";
    }
    cut_slashes(path, strlen(path));
    slash = strrchr(path, '/');
    if (slash == NULL) {
        return ".";
    }
    slash[slash == path ? 1 : 0] = '\0';
    cut_slashes(path, strlen(path));
    return path;
}
