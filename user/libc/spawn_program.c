/**
 * @file
 * The file of a program that is to be started, and the interpreter of a script.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spawn_parts.h"

#define BLANKS " \t"

/** Closes the file. errno stays as it is. */
void program_close(struct program *program)
{
    int error = errno;

    if (program->descriptor >= 0) {
        close(program->descriptor);
        program->descriptor = -1;
    }
    errno = error;
}

/** Whether an open file is one that may be executed. Sets errno. */
static bool is_executable(const struct stat *status)
{
    bool is_right = S_ISREG(status->st_mode) && (status->st_mode & S_IXUSR) != 0;

    if (!is_right) {
        errno = EACCES;
    }
    return is_right;
}

/** Opens a file that may be executed. */
static bool open_file(struct program *program, const char *path)
{
    struct stat status;

    program->path = path;
    program->descriptor = open(path, O_RDONLY);
    if (program->descriptor < 0) {
        return false;
    }
    if (fstat(program->descriptor, &status) != 0 || !is_executable(&status)) {
        program_close(program);
        return false;
    }
    program->size = (uint64_t)status.st_size;
    return true;
}

/** Reads the beginning of the file, up to its first newline, into `line`. @return length; -1 */
static ssize_t read_line(struct program *program)
{
    ssize_t length = pread(program->descriptor, program->line, sizeof(program->line) - 1, 0);

    if (length >= 0) {
        program->line[length] = '\0';
        program->line[strcspn(program->line, "\n")] = '\0';
    }
    return length;
}

/** Cuts blanks off the end of a text. */
static void cut_blanks(char *text)
{
    size_t length = strlen(text);

    while (length > 0 && strchr(BLANKS, text[length - 1]) != NULL) {
        text[--length] = '\0';
    }
}

/** Takes a script's first line apart: the interpreter, and the rest as one argument. @return false:
 * ENOEXEC, there is no interpreter in it */
static bool take_interpreter(struct program *program, const char *path)
{
    char *name = program->line + 2 + strspn(program->line + 2, BLANKS);
    char *rest = name + strcspn(name, BLANKS);

    if (*name == '\0') {
        errno = ENOEXEC;
        return false;
    }
    if (*rest != '\0') {
        *rest++ = '\0';
        rest += strspn(rest, BLANKS);
        cut_blanks(rest);
    }
    program->prefix[program->prefix_count++] = name;
    if (*rest != '\0') {
        program->prefix[program->prefix_count++] = rest;
    }
    program->prefix[program->prefix_count++] = path;
    return true;
}

/** Goes from a script to its interpreter, which has to be a program itself. */
static bool open_interpreter(struct program *program, const char *path)
{
    char begins[2];

    program_close(program);
    if (!take_interpreter(program, path) || !open_file(program, program->prefix[0])) {
        return false;
    }
    if (pread(program->descriptor, begins, sizeof(begins), 0) == sizeof(begins) &&
        memcmp(begins, "#!", sizeof(begins)) != 0) {
        return true;
    }
    program_close(program);
    errno = ENOEXEC;
    return false;
}

/**
 * Opens a program's file; that of its interpreter, if it is a script.
 *
 * @param program  set; to be closed with program_close()
 * @param path     stays as long as `program` is used
 * @return false: as open(); EACCES: it may not be executed, or is no regular file; ENOEXEC: the
 *         interpreter is none
 */
bool program_open(struct program *program, const char *path)
{
    *program = (struct program){.descriptor = -1};
    if (!open_file(program, path)) {
        return false;
    }
    if (read_line(program) < 0) {
        program_close(program);
        return false;
    }
    return memcmp(program->line, "#!", 2) != 0 || open_interpreter(program, path);
}
