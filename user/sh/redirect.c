/**
 * @file
 * Redirections: a table of open files for one command. See files.h.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "expand.h"
#include "files.h"
#include "shell.h"
#include "temporary.h"
#include "tree.h"

#define NEW_FILE_MODE 0666

/** Opens a file. @return the shell's descriptor; -1: it cannot be opened, which was told */
static int open_file(struct shell *shell, const struct redirection *redirection, const char *path)
{
    static const int flags[] = {
        [REDIRECTION_READ] = O_RDONLY,
        [REDIRECTION_WRITE] = O_WRONLY | O_CREAT | O_TRUNC,
        [REDIRECTION_APPEND] = O_WRONLY | O_CREAT | O_APPEND,
        [REDIRECTION_READ_WRITE] = O_RDWR | O_CREAT,
    };
    int descriptor = open(path, flags[redirection->kind], NEW_FILE_MODE);

    if (descriptor < 0) {
        shell_say(shell, "%s: %s", path, strerror(errno));
    }
    return descriptor;
}

/** Makes a file that has a document. */
static int open_document(struct shell *shell, const char *text)
{
    int descriptor = temporary_open(shell);

    if (descriptor >= 0 && !temporary_write(shell, descriptor, text)) {
        close(descriptor);
        return -1;
    }
    return descriptor;
}

/** Finds what stands behind >&. @param own set to a descriptor of the shell's @return whether the
 * word makes sense, and the file is open */
static bool duplicate(struct shell *shell, const char *word, int *own)
{
    bool is_number = isdigit((unsigned char)word[0]) && word[1] == '\0';
    int from = is_number ? shell->files->own[word[0] - '0'] : -1;

    *own = -1;
    if (strcmp(word, "-") == 0) {
        return true;
    }
    if (!is_number || from < 0) {
        shell_say(shell, "%s: %s", word, is_number ? strerror(EBADF) : "not a descriptor, 0 to 9");
        return false;
    }
    *own = dup(from);
    if (*own < 0) {
        shell_say(shell, "%s: %s", word, strerror(errno));
    }
    return *own >= 0;
}

/** Opens what a redirection names. @param own set @return whether it can be done */
static bool open_target(struct shell *shell, struct arena *arena,
                        const struct redirection *redirection, int *own)
{
    bool is_document = redirection->kind == REDIRECTION_DOCUMENT;
    const char *word =
        expand_text(shell, arena, is_document ? redirection->document : redirection->target->parts);

    if (word == NULL) {
        return false;
    }
    if (redirection->kind == REDIRECTION_DUPLICATE) {
        return duplicate(shell, word, own);
    }
    *own = is_document ? open_document(shell, word) : open_file(shell, redirection, word);
    return *own >= 0;
}

static bool add(struct shell *shell, const struct redirection *redirection)
{
    struct arena arena = {0};
    bool done = redirection->number < FILES_MAX;
    int own;

    if (!done) {
        shell_say(shell, "%d: only descriptors 0 to 9 can be redirected", redirection->number);
    } else {
        done = open_target(shell, &arena, redirection, &own);
    }
    if (done) {
        files_set(shell->files, redirection->number, own);
    }
    arena_free(&arena);
    return done;
}

/**
 * Begins a command that is redirected: its table is the shell's until files_leave() or
 * files_keep().
 *
 * @param shell         the shell
 * @param files         room for the table
 * @param redirections  what is other than outside; NULL: nothing
 * @return false: a file cannot be opened, which was told; there is no new table
 */
bool files_enter(struct shell *shell, struct files *files, const struct redirection *redirections)
{
    *files = *shell->files;
    files->redirected = 0;
    files->outer = shell->files;
    shell->files = files;
    for (; redirections != NULL; redirections = redirections->next) {
        if (!add(shell, redirections)) {
            files_leave(shell);
            return false;
        }
    }
    return true;
}
