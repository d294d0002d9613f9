/**
 * @file
 * cp: copies files.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "common.h"

#define PERMISSIONS 07777u
#define TARGET_MAX 1024

static const char usage[] = "usage: cp [-fpRr] FILE COPY\n"
                            "       cp [-fpRr] FILE... DIRECTORY\n"
                            "copies files; -r (-R): directories with all that is in them;\n"
                            "-f: a copy that cannot be written is removed first;\n"
                            "-p: the copy has the same times and permissions\n";

static bool with_folders, is_forced, keeps_times;

/** The directory that the copy is in: it is not copied into itself. */
static struct stat top;

static int copy_path(const char *from, const char *to);

static int fail(const char *path)
{
    warn("%s", path);
    return STATUS_FAILED;
}

/** Gives a copy times and permissions of what it is a copy of. @return status */
static int keep(const char *to, const struct stat *status)
{
    struct utimbuf times = {.actime = status->st_atime, .modtime = status->st_mtime};

    if (keeps_times && (utime(to, &times) != 0 || chmod(to, status->st_mode & PERMISSIONS) != 0)) {
        return fail(to);
    }
    return 0;
}

/** Opens a file to be written as a copy. @return its descriptor; -1, errno */
static int open_copy(const char *to, mode_t mode)
{
    int descriptor = open(to, O_WRONLY | O_CREAT | O_TRUNC, mode & PERMISSIONS);

    if (descriptor < 0 && is_forced && unlink(to) == 0) {
        descriptor = open(to, O_WRONLY | O_CREAT | O_TRUNC, mode & PERMISSIONS);
    }
    return descriptor;
}

/** Copies a file's bytes. @return status */
static int copy_file(const char *from, const char *to, const struct stat *status)
{
    int input = open(from, O_RDONLY);
    int output, result;

    if (input < 0) {
        return fail(from);
    }
    output = open_copy(to, status->st_mode);
    if (output < 0) {
        close(input);
        return fail(to);
    }
    result = utility_copy(input, from, output, to);
    close(input);
    if (close(output) != 0 && result == 0) {
        result = fail(to);
    }
    return result != 0 ? result : keep(to, status);
}

/** Makes a symbolic link to the same target. @return status */
static int copy_link(const char *from, const char *to)
{
    char target[TARGET_MAX + 1];
    ssize_t length = readlink(from, target, TARGET_MAX);

    if (length < 0) {
        return fail(from);
    }
    target[length] = '\0';
    if (symlink(target, to) != 0 &&
        !(errno == EEXIST && unlink(to) == 0 && symlink(target, to) == 0)) {
        return fail(to);
    }
    return 0;
}

/** Copies all that is in a directory. @return status */
static int copy_entries(const char *from, const char *to)
{
    struct utility_names names;
    int result = utility_read_folder(from, &names);

    for (size_t i = 0; i < names.count; i++) {
        if (!utility_is_dots(names.items[i])) {
            char *source = utility_join(from, names.items[i]);
            char *copy = utility_join(to, names.items[i]);

            result |= copy_path(source, copy);
            free(source);
            free(copy);
        }
    }
    utility_free_names(&names);
    return result;
}

/** Copies a directory. @return status */
static int copy_folder(const char *from, const char *to, const struct stat *status)
{
    int result;

    if (!with_folders) {
        warnx("%s: is a directory, and -r was not said", from);
        return STATUS_FAILED;
    }
    if (top.st_ino == status->st_ino && top.st_dev == status->st_dev) {
        warnx("%s: cannot be copied into itself", from);
        return STATUS_FAILED;
    }
    if (mkdir(to, (status->st_mode & PERMISSIONS) | S_IRWXU) != 0 &&
        (errno != EEXIST || !utility_is_folder(to))) {
        return fail(to);
    }
    if (top.st_ino == 0 && stat(to, &top) != 0) {
        return fail(to);
    }
    result = copy_entries(from, to);
    return result | keep(to, status);
}

/** @return whether a path leads to the very file that is copied */
static bool is_same(const char *to, const struct stat *status)
{
    struct stat there;

    return stat(to, &there) == 0 && there.st_dev == status->st_dev &&
           there.st_ino == status->st_ino;
}

/** Copies a file of any kind. @return status */
static int copy_path(const char *from, const char *to)
{
    struct stat status;

    if ((with_folders ? lstat : stat)(from, &status) != 0) {
        return fail(from);
    }
    if (is_same(to, &status)) {
        warnx("%s and %s are the same file", from, to);
        return STATUS_FAILED;
    }
    if (S_ISDIR(status.st_mode)) {
        return copy_folder(from, to, &status);
    }
    return S_ISLNK(status.st_mode) ? copy_link(from, to) : copy_file(from, to, &status);
}

/** Copies an operand. @return status */
static int copy(const char *from, const char *to)
{
    top = (struct stat){0};
    return copy_path(from, to);
}

/** @return 0; 1: something could not be copied */
int main(int argc, char **argv)
{
    int option;

    while ((option = utility_option(argc, argv, "fpRr", usage)) != -1) {
        is_forced |= option == 'f';
        keeps_times |= option == 'p';
        with_folders |= option == 'r' || option == 'R';
    }
    if (argc - optind < 2) {
        utility_usage(usage);
    }
    return utility_transfers(argc - optind - 1, argv + optind, argv[argc - 1], copy);
}
