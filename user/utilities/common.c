/**
 * @file
 * What the utilities share: see common.h.
 */
#include "common.h"

#include <ctype.h>
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEFAULT_PATH "/bin"
#define FIRST_ROOM 16u
#define STATUS_CANNOT_RUN 126 /* as shells say it */
#define STATUS_NO_PROGRAM 127
#define STATUS_SIGNAL 128

/** Prints the usage text as an error, and ends. */
noreturn void utility_usage(const char *usage)
{
    fputs(usage, stderr);
    exit(STATUS_USAGE);
}

/**
 * Reads the next option. --help as the first word prints the usage text and ends; a wrong option
 * does so with an error.
 *
 * @param argc     of main()
 * @param argv     of main()
 * @param letters  as getopt() wants them
 * @param usage    text
 * @return the option; -1: there are no more, optind is the first operand
 */
int utility_option(int argc, char *const argv[], const char *letters, const char *usage)
{
    int option;

    if (optind == 1 && argc > 1 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        exit(utility_finish(0));
    }
    option = getopt(argc, argv, letters);
    if (option == '?') {
        utility_usage(usage);
    }
    return option;
}

/** For utilities without options. @return the index of the first operand */
int utility_no_options(int argc, char *const argv[], const char *usage)
{
    utility_option(argc, argv, "", usage);
    return optind;
}

/** @return the number that a text is; else ends with the usage text */
unsigned long utility_number(const char *text, const char *usage)
{
    unsigned long number;
    char *end;

    errno = 0;
    number = strtoul(text, &end, 10);
    if (!isdigit((unsigned char)text[0]) || *end != '\0' || errno != 0) {
        warnx("%s: not a number", text);
        utility_usage(usage);
    }
    return number;
}

/** @return a number of bytes: k, M and G behind it stand for 1024, 1024^2, 1024^3; b for 512 */
unsigned long utility_size(const char *text, const char *usage)
{
    static const char units[] = "bkKMG";
    static const unsigned shifts[] = {9, 10, 10, 20, 30};
    size_t length = strlen(text);
    const char *unit = length < 2 ? NULL : strchr(units, text[length - 1]);
    unsigned shift = unit == NULL ? 0 : shifts[unit - units];
    char digits[24];
    unsigned long number;

    if (unit == NULL || length > sizeof(digits)) {
        return utility_number(text, usage);
    }
    memcpy(digits, text, length - 1);
    digits[length - 1] = '\0';
    number = utility_number(digits, usage);
    if (number > (~0ul >> 1) >> shift) {
        warnx("%s: too large", text);
        utility_usage(usage);
    }
    return number << shift;
}

/** Opens an input and has it handled. "-" is standard input. */
static int handle_input(const char *name, utility_input handle)
{
    int descriptor, status;

    if (strcmp(name, "-") == 0) {
        return handle(STDIN_FILENO, name);
    }
    descriptor = open(name, O_RDONLY);
    if (descriptor < 0) {
        warn("%s", name);
        return STATUS_FAILED;
    }
    status = handle(descriptor, name);
    close(descriptor);
    return status;
}

/**
 * Has all inputs handled, one after the other.
 *
 * @param count   of names; 0: standard input
 * @param names   paths, or "-"
 * @param handle  is called for each that can be opened
 * @return 0; else the last status that was not
 */
int utility_inputs(int count, char *const names[], utility_input handle)
{
    int status = count == 0 ? handle_input("-", handle) : 0;

    for (int i = 0; i < count; i++) {
        int failed = handle_input(names[i], handle);

        status = failed != 0 ? failed : status;
    }
    return status;
}

/** Writes all of some bytes. @return false: errno says why not */
bool utility_write(int descriptor, const void *from, size_t size)
{
    const char *next = from;

    while (size != 0) {
        ssize_t done = write(descriptor, next, size);

        if (done <= 0) {
            errno = done == 0 ? ENOSPC : errno;
            return false;
        }
        next += done;
        size -= (size_t)done;
    }
    return true;
}

/** Tells that output could not be written; ends if nobody reads it: there is no use in going on. */
static void tell_output(const char *name)
{
    if (errno == EPIPE) {
        _exit(STATUS_PIPE);
    }
    warn("%s", name);
}

/** Copies from one open file to another, up to the end. @return 0, or STATUS_FAILED, which was
 * told */
int utility_copy(int from, const char *from_name, int to, const char *to_name)
{
    static char bytes[COPY_SIZE];
    ssize_t got;

    while ((got = read(from, bytes, sizeof(bytes))) > 0) {
        if (!utility_write(to, bytes, (size_t)got)) {
            tell_output(to_name);
            return STATUS_FAILED;
        }
    }
    if (got < 0) {
        warn("%s", from_name);
    }
    return got < 0 ? STATUS_FAILED : 0;
}

/** Writes what is left of standard output. @return `status`, or STATUS_FAILED if that fails */
int utility_finish(int status)
{
    if (fflush(stdout) != 0 || ferror(stdout)) {
        tell_output("standard output");
        return status == 0 ? STATUS_FAILED : status;
    }
    return status;
}

/** @return whether standard output could be written so far: whoever writes without end has to
 * ask */
bool utility_can_write(void)
{
    return !ferror(stdout);
}

/** @return the last name in a path, with the slashes behind it, if any */
const char *utility_base(const char *path)
{
    const char *base = path;

    for (const char *next = path; *next != '\0'; next++) {
        if (next[0] == '/' && next[1] != '/' && next[1] != '\0') {
            base = next + 1;
        }
    }
    return base;
}

/** @return folder/name, from malloc(); ends when there is no memory */
char *utility_join(const char *folder, const char *name)
{
    size_t length = strlen(folder);
    char *path = malloc(length + strlen(name) + 2);

    if (path == NULL) {
        err(STATUS_FAILED, NULL);
    }
    strcpy(path, folder);
    if (length == 0 || folder[length - 1] != '/') {
        path[length++] = '/';
    }
    strcpy(path + length, name);
    return path;
}

/** @return whether a path leads to a directory */
bool utility_is_folder(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/** @return the path of a file's last name in a directory, from malloc(); ends when there is no
 * memory */
static char *place_in(const char *folder, const char *file)
{
    const char *base = utility_base(file);
    size_t length = strlen(base);
    char *name, *path;

    while (length > 1 && base[length - 1] == '/') {
        length--;
    }
    name = strndup(base, length);
    if (name == NULL) {
        err(STATUS_FAILED, NULL);
    }
    path = utility_join(folder, name);
    free(name);
    return path;
}

/**
 * Has operands handled as cp, ln and mv take them: one file with the name that it is to have, or
 * files with the directory that they go into.
 *
 * @param count   of files, 1 or more
 * @param files   paths
 * @param target  a path; no directory: there may be one file only
 * @param handle  is called for each file with the place that it is to have
 * @return 0, or STATUS_FAILED, which was told
 */
int utility_transfers(int count, char *const files[], const char *target, utility_transfer handle)
{
    int status = 0;

    if (!utility_is_folder(target)) {
        if (count > 1) {
            errno = ENOTDIR;
            warn("%s", target);
            return STATUS_FAILED;
        }
        return handle(files[0], target);
    }
    for (int i = 0; i < count; i++) {
        char *place = place_in(target, files[i]);

        status |= handle(files[i], place);
        free(place);
    }
    return status;
}

/** @return whether a name is . or .. */
bool utility_is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/** Adds a name; ends when there is no memory. */
static void add_name(struct utility_names *names, size_t *room, const char *name)
{
    if (names->count + 1 >= *room) {
        *room = *room == 0 ? FIRST_ROOM : *room * 2;
        names->items = realloc(names->items, *room * sizeof(*names->items));
    }
    if (names->items == NULL || (names->items[names->count] = strdup(name)) == NULL) {
        err(STATUS_FAILED, NULL);
    }
    names->items[++names->count] = NULL;
}

static int compare(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/**
 * Reads all names in a directory. It is closed again then, so that a path may be deeper than a
 * program may have files open.
 *
 * @param path   the directory
 * @param names  set; "." and ".." are among them, all sorted
 * @return 0, or STATUS_FAILED, which was told
 */
int utility_read_folder(const char *path, struct utility_names *names)
{
    DIR *folder = opendir(path);
    const struct dirent *entry = NULL;
    size_t room = 0;
    int error;

    *names = (struct utility_names){0};
    errno = folder == NULL ? errno : 0;
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        add_name(names, &room, entry->d_name);
        errno = 0;
    }
    error = errno;
    if (folder != NULL) {
        closedir(folder);
    }
    if (error != 0) {
        errno = error;
        warn("%s", path);
        utility_free_names(names);
        return STATUS_FAILED;
    }
    if (names->count != 0) {
        qsort(names->items, names->count, sizeof(*names->items), compare);
    }
    return 0;
}

/** Gives names back. */
void utility_free_names(struct utility_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        free(names->items[i]);
    }
    free(names->items);
    *names = (struct utility_names){0};
}

/** Starts a program from the folders of PATH, with the caller's standard files. @return its process
 * id; -1: errno */
static pid_t start(char *const words[])
{
    static const struct spawn_file files[] = {{0, 0}, {1, 1}, {2, 2}};
    const char *folders = getenv("PATH");
    pid_t pid = -1;

    if (strchr(words[0], '/') != NULL) {
        return spawn(words[0], words, environ, files, 3);
    }
    errno = ENOENT;
    for (folders = folders == NULL ? DEFAULT_PATH : folders; pid < 0 && folders != NULL;) {
        size_t length = strcspn(folders, ":");
        char *folder = strndup(folders, length);
        char *path = utility_join(folder == NULL || length == 0 ? "." : folder, words[0]);

        pid = spawn(path, words, environ, files, 3);
        free(path);
        free(folder);
        if (pid < 0 && errno != ENOENT && errno != ENOTDIR) {
            break;
        }
        folders = folders[length] == '\0' ? NULL : folders + length + 1;
    }
    return pid;
}

/** Runs a program and waits for it. @param words end with NULL @return its status, as shells say
 * it;
 * 126 or 127 when it cannot be run, which was told */
int utility_run(char *const words[])
{
    pid_t pid = start(words);
    int status = 0;

    if (pid < 0) {
        warn("%s", words[0]);
        return errno == ENOENT || errno == ENOTDIR ? STATUS_NO_PROGRAM : STATUS_CANNOT_RUN;
    }
    while (waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR) { /* Ctrl-C is the shell's affair */
            warn("%s", words[0]);
            return STATUS_FAILED;
        }
    }
    return WIFSIGNALED(status) ? STATUS_SIGNAL + WTERMSIG(status) : WEXITSTATUS(status);
}
