/**
 * @file
 * Starting programs: the order of it.
 *
 *     1  open the file; find its interpreter, if it is a script (spawn_program.c)
 *     2  have memory from the root task, and read the file and write the arguments there
 *        (spawn_image.c)
 *     3  INIT_CREATE: the root task makes a process of it, which does not run yet
 *     4  FILE_BEGIN, FILE_PASS: the VFS server gives it its open files
 *     5  INIT_RUN
 *
 * What fails undoes what was done before: there is never half a process.
 */
#include <spawn.h>

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file_call.h"
#include "root_call.h"
#include "spawn_parts.h"

unsigned spawn_powers = POWER_SHUTDOWN | POWER_INTERRUPT | POWER_SERVE;

/** Makes a process of the image. @return its id; -1 */
static pid_t create(const struct program *program, size_t arguments_size)
{
    struct message message = {.info = info_make(INIT_CREATE, 5),
                              .words = {[2] = program->size, arguments_size, spawn_powers}};
    const char *slash = strrchr(program->path, '/');
    const char *name = slash != NULL ? slash + 1 : program->path;

    memcpy(message.words, name, strnlen(name, INIT_NAME_MAX));
    return root_call(&message) == 0 ? (pid_t)message.words[0] : -1;
}

/** Gives a process its open files. @return whether it has all of them */
static bool pass_files(pid_t process, const struct spawn_file *files, unsigned count)
{
    if (file_call_words(FILE_BEGIN, (uint64_t)process, 0, 0) < 0) {
        return false;
    }
    for (unsigned i = 0; i < count; i++) {
        if (file_call_words(FILE_PASS, (uint64_t)process, (uint64_t)files[i].from,
                            (uint64_t)files[i].to) < 0) {
            return false;
        }
    }
    return true;
}

/** Ends a process that was not to be, and forgets it. errno stays as it is. */
static void undo(pid_t process)
{
    int error = errno;
    struct message message = {.info = info_make(INIT_WAIT, 2), .words = {(uint64_t)process}};

    root_ask(INIT_END, (uint64_t)process, 0);
    root_call(&message); /* has ended already: this does not wait */
    errno = error;
}

/** Makes the image, and a process of it. @return its id; -1 */
static pid_t load(const struct program *program, const struct argument_lists *lists)
{
    size_t arguments_size;

    return image_make(program, lists, &arguments_size) ? create(program, arguments_size) : -1;
}

/** @return the arguments that a program is to have: of a script, those behind its own name */
static struct argument_lists make_lists(const struct program *program, char *const argv[],
                                        char *const envp[])
{
    static char *nothing[] = {NULL};
    char *const *variables = envp != NULL ? envp : environ;
    bool is_script = program->prefix_count > 0;

    return (struct argument_lists){
        .prefix = program->prefix,
        .prefix_count = program->prefix_count,
        .argv = is_script && argv[0] != NULL ? argv + 1 : argv,
        .envp = variables != NULL ? variables : nothing,
    };
}

/**
 * Starts a program in a process of its own. It has the caller's current directory, the open files
 * that are named here, and no others, and those of the caller's powers that spawn_powers names.
 *
 * @param path   the program's file, or a script: one that begins with `#!`, an interpreter's path
 *               and maybe one argument. It is to be executable
 * @param argv   its arguments, the first one its name; ends with NULL
 * @param envp   its environment; ends with NULL. NULL: the caller's
 * @param files  its open files
 * @param count  how many
 * @return the process's id, to be waited for; -1: ENOENT and so on, as open(); EACCES: it may not
 *         be executed, or is no file; ENOEXEC: it is no program; E2BIG: arguments and environment
 *         have no room; EFBIG: neither has the file; ENOMEM; EAGAIN: there are too many processes;
 *         EBADF: one of `files` is not open, or can be none
 */
pid_t spawn(const char *path, char *const argv[], char *const envp[],
            const struct spawn_file *files, unsigned count)
{
    struct program program;
    struct argument_lists lists;
    pid_t process;

    if (!program_open(&program, path)) {
        return -1;
    }
    lists = make_lists(&program, argv, envp);
    process = load(&program, &lists);
    program_close(&program);
    if (process < 0) {
        return -1;
    }
    if (!pass_files(process, files, count) || root_ask(INIT_RUN, (uint64_t)process, 0) != 0) {
        undo(process);
        return -1;
    }
    return process;
}
