/**
 * @file
 * Which open file each descriptor means: see files.h.
 */
#include "files.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "shell.h"

/** Fills the first table: the descriptors that the shell was started with mean themselves. */
void files_begin(struct files *files)
{
    *files = (struct files){0};
    for (int i = 0; i < FILES_MAX; i++) {
        int copy = dup(i);

        files->own[i] = copy < 0 ? -1 : i;
        if (copy >= 0) {
            close(copy);
        }
    }
}

/** Makes a number mean an open file of the shell, which is the table's from now on. @param own its
 * descriptor; -1: none, the number is closed */
void files_set(struct files *files, int number, int own)
{
    bool is_own = files->outer == NULL || (files->redirected >> number & 1) != 0;

    if (is_own && files->own[number] >= 0) {
        close(files->own[number]);
    }
    files->own[number] = own;
    files->redirected |= 1u << number;
}

/** Goes back to the outer table; the files of the inner one are closed. */
void files_leave(struct shell *shell)
{
    struct files *files = shell->files;

    for (int i = 0; i < FILES_MAX; i++) {
        if ((files->redirected >> i & 1) != 0) {
            files_set(files, i, -1);
        }
    }
    shell->files = files->outer;
}

/** Makes a number mean a file outside of a table, too, up to where it is redirected. */
static void hand_out(struct files *outer, int number, int own)
{
    while (outer->outer != NULL && (outer->redirected >> number & 1) == 0) {
        outer->own[number] = own;
        outer = outer->outer;
    }
    files_set(outer, number, own);
}

/** Goes back to the outer table, which keeps what was redirected in the inner one. */
void files_keep(struct shell *shell)
{
    struct files *files = shell->files;

    shell->files = files->outer;
    for (int i = 0; i < FILES_MAX; i++) {
        if ((files->redirected >> i & 1) != 0) {
            hand_out(files->outer, i, files->own[i]);
        }
    }
}

/** Lists the files for a program. @param to room for FILES_MAX @return how many there are */
unsigned files_to_spawn(const struct files *files, struct spawn_file *to)
{
    unsigned count = 0;

    for (int i = 0; i < FILES_MAX; i++) {
        if (files->own[i] >= 0) {
            to[count++] = (struct spawn_file){.from = files->own[i], .to = i};
        }
    }
    return count;
}

/**
 * Writes a text for a built-in command.
 *
 * @param shell   whose files are used
 * @param number  a descriptor as commands name it
 * @param text    what
 * @return the command's exit status: 0, or STATUS_FAILED after an error, which was told;
 *         STATUS_PIPE: nobody reads it
 */
int files_write(struct shell *shell, int number, struct text *text)
{
    const char *from = text_string(text);
    size_t left = text->length;

    while (left != 0) {
        ssize_t done = write(shell->files->own[number], from, left);

        if (done < 0 && errno == EPIPE) {
            shell_give_up(shell, STATUS_PIPE);
            return STATUS_PIPE;
        }
        if (done <= 0) {
            shell_say(shell, "cannot write: %s", strerror(errno));
            return STATUS_FAILED;
        }
        from += done;
        left -= (size_t)done;
    }
    return text->failed ? STATUS_FAILED : 0;
}
