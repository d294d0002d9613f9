/**
 * @file
 * $(...): the output of a command as text. See execute.h.
 *
 * The output goes to a file: whoever waits for a process can be interrupted by Ctrl-C, whoever
 * waits at a pipe cannot.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "execute.h"
#include "temporary.h"

#define OUTPUT_MAX 262144u /* bytes: all of the heap is not much more */

/** Reads all of a file. NULs go, and so do newlines at the end. @return false: errno says why
 * not */
static bool read_output(int descriptor, struct text *output)
{
    char bytes[512];
    ssize_t got = lseek(descriptor, 0, SEEK_SET) == 0 ? 1 : -1;

    while (got > 0 && (got = read(descriptor, bytes, sizeof(bytes))) > 0) {
        for (ssize_t i = 0; i < got; i++) {
            if (bytes[i] != '\0') {
                text_add_byte(output, bytes[i]);
            }
        }
        if (output->length > OUTPUT_MAX || output->failed) {
            errno = ENOMEM;
            return false;
        }
    }
    while (output->length != 0 && output->bytes[output->length - 1] == '\n') {
        output->length--;
    }
    return got == 0;
}

/** Starts what stands between the parentheses, a program as it is, with another standard output. */
static bool start(struct shell *shell, const struct part *part, int descriptor, pid_t *pid)
{
    const struct node *list = part->list;
    bool is_simple = list->next == NULL && !list->is_background && list->kind == NODE_SIMPLE;
    struct files files;
    bool done;

    files_enter(shell, &files, NULL);
    files_set(&files, STDOUT_FILENO, dup(descriptor));
    done = is_simple ? process_start(shell, list, part->text, pid)
                     : process_start_shell(shell, part->text, pid);
    files_leave(shell);
    return done;
}

/**
 * Runs a command for its output.
 *
 * @param shell   the shell; `substituted` becomes the command's status
 * @param part    the command
 * @param output  what it has written, without newlines at the end
 * @return false: it cannot be run, or was interrupted; what has to be told was told
 */
bool execute_substitution(struct shell *shell, const struct part *part, struct text *output)
{
    int before = shell->status;
    int descriptor;
    pid_t pid;
    bool done = true;

    shell->substituted = 0;
    if (part->list == NULL) {
        return true;
    }
    descriptor = temporary_open(shell);
    if (descriptor < 0) {
        return false;
    }
    if (start(shell, part, descriptor, &pid)) {
        shell->substituted = process_wait(shell, &pid, 1);
        done = shell->leaving == LEAVING_NOTHING;
    } else {
        shell->substituted = shell->status;
        shell->status = before;
    }
    if (done && !read_output(descriptor, output)) {
        shell_say(shell, "the output of a command: %s", strerror(errno));
        done = false;
    }
    close(descriptor);
    return done;
}
