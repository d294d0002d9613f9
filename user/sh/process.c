/**
 * @file
 * Starting programs and waiting for them. See execute.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "execute.h"
#include "interrupt.h"
#include "path.h"

#define DEFAULT_PATH "/bin" /* unless PATH says otherwise */
#define SHUTDOWN_PATH "/bin/shutdown"
#define LOOK_AT 64 /* bytes of a file that tell whether it is a text */

/** A program that is to be started. */
struct start {
    struct shell *shell;
    struct arena arena;
    char *const *words;
    char *const *environment;
};

/** @return whether a program is to have the shell's powers: what ends the machine, and shells, from
 * which that is started. No other program needs them, and none can misuse what it has not */
static bool is_trusted(const char *path)
{
    return strcmp(path, SHUTDOWN_PATH) == 0 || strcmp(path, SHELL_PATH) == 0;
}

/** Starts a file. @return process id; -1: errno */
static pid_t start_file(struct start *start, const char *path, char *const *words)
{
    struct spawn_file files[FILES_MAX];
    unsigned count = files_to_spawn(start->shell->files, files);
    unsigned own = spawn_powers;
    pid_t pid;

    spawn_powers = is_trusted(path) ? own : 0;
    pid = spawn(path, words, start->environment, files, count);
    spawn_powers = own;
    return pid;
}

/** @return whether a file that is no program can be a script without a first line that says so */
static bool is_script(const char *path)
{
    char bytes[LOOK_AT];
    int descriptor = open(path, O_RDONLY);
    ssize_t length = descriptor < 0 ? -1 : read(descriptor, bytes, sizeof(bytes));

    if (descriptor >= 0) {
        close(descriptor);
    }
    return length >= 0 && memchr(bytes, '\0', (size_t)length) == NULL;
}

/** Starts a file; a script without #! in its first line by another shell (POSIX 2.9.1). */
static pid_t start_path(struct start *start, const char *path)
{
    pid_t pid = start_file(start, path, start->words);
    struct fields words = {.arena = &start->arena};

    if (pid >= 0 || errno != ENOEXEC || !is_script(path)) {
        return pid;
    }
    fields_add(&words, start->words[0], strlen(start->words[0]));
    fields_add(&words, path, strlen(path));
    for (char *const *word = start->words + 1; *word != NULL; word++) {
        fields_add(&words, *word, strlen(*word));
    }
    errno = ENOMEM;
    return words.failed ? -1 : start_file(start, SHELL_PATH, words.words);
}

/** @return the path of a program in one folder of PATH; NULL: there is no memory */
static const char *join(struct arena *arena, const char *folder, size_t length, const char *name)
{
    struct text path = {0};
    const char *copy = NULL;

    text_add(&path, folder, length);
    text_add_string(&path, length == 0 ? "" : "/");
    text_add_string(&path, name);
    if (!path.failed) {
        copy = arena_copy(arena, text_string(&path), path.length);
    }
    text_free(&path);
    return copy;
}

/** Starts the first program of this name in PATH. @return process id; -1: errno */
static pid_t search(struct start *start, const char *name)
{
    const char *folder = variables_get(&start->shell->variables, "PATH");
    int error = ENOENT;

    for (folder = folder == NULL ? DEFAULT_PATH : folder; folder != NULL;) {
        size_t length = strcspn(folder, ":");
        const char *path = join(&start->arena, folder, length, name);
        pid_t pid = path == NULL ? -1 : start_path(start, path);

        if (pid >= 0 || path == NULL) {
            return pid;
        }
        if (errno != ENOENT && errno != ENOTDIR) {
            error = errno;
            break;
        }
        folder = folder[length] == '\0' ? NULL : folder + length + 1;
    }
    errno = error;
    return -1;
}

/**
 * Starts a program with the files of the present table.
 *
 * @param shell        the shell
 * @param words        its name, as it was typed, and its arguments; end with NULL
 * @param environment  its environment
 * @param pid          set
 * @return false: it cannot be started, which was told; $? is set
 */
bool process_start_program(struct shell *shell, char *const *words, char *const *environment,
                           pid_t *pid)
{
    struct start start = {.shell = shell, .words = words, .environment = environment};
    const char *name = words[0];

    if (strchr(name, '/') != NULL) {
        *pid = start_path(&start, name);
    } else if (name[0] == '\0') {
        errno = ENOENT;
        *pid = -1;
    } else {
        *pid = search(&start, name);
    }
    if (*pid < 0) {
        bool is_missing = errno == ENOENT || errno == ENOTDIR;
        bool is_name = is_missing && strchr(name, '/') == NULL;

        shell_say(shell, "%s: %s", name, is_name ? "not found" : strerror(errno));
        shell->status = is_missing ? STATUS_NOT_FOUND : STATUS_NOT_EXECUTABLE;
    }
    arena_free(&start.arena);
    return *pid >= 0;
}

/** @return the exit status that waitpid()'s status means to a shell */
int process_status(int status)
{
    return WIFSIGNALED(status) ? STATUS_SIGNAL + WTERMSIG(status) : WEXITSTATUS(status);
}

/** Tells which signal has ended a command, if one has. Who has typed Ctrl-C knows that. */
void process_tell_signal(const struct shell *shell, int status)
{
    if (status > STATUS_SIGNAL && status != STATUS_INTERRUPTED && status != STATUS_PIPE) {
        shell_say(shell, "%s", strsignal(status - STATUS_SIGNAL));
    }
}

/** Ends processes, because Ctrl-C was typed. */
static void interrupt(struct shell *shell, const pid_t *pids, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        interrupt_end(pids[i], SIGINT);
    }
    shell_give_up(shell, STATUS_INTERRUPTED);
}

/**
 * Waits for processes to end. Ctrl-C ends them, if this shell is the one that takes it.
 *
 * @param shell  the shell
 * @param pids   the processes
 * @param count  how many
 * @return the exit status of the last one
 */
int process_wait(struct shell *shell, const pid_t *pids, unsigned count)
{
    int status = 0;

    for (unsigned i = 0; i < count; i++) {
        while (waitpid(pids[i], &status, 0) < 0) {
            if (errno != EINTR) {
                status = STATUS_NOT_FOUND << 8; /* nobody knows any more */
                break;
            }
            if (shell->takes_interrupts) {
                interrupt(shell, pids + i, count - i);
            }
        }
    }
    status = process_status(status);
    process_tell_signal(shell, status);
    return status;
}
