/**
 * @file
 * Built-in commands about commands: command, type.
 */
#include <string.h>
#include <sys/stat.h>

#include "builtin.h"
#include "execute.h"
#include "tree.h"

/** @return whether a file can be run */
static bool is_program(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & S_IXUSR) != 0;
}

/** Looks for a program. @param path set to where it is @return whether there is one */
static bool find_program(const struct shell *shell, const char *name, struct text *path)
{
    const char *folder = variables_get(&shell->variables, "PATH");

    if (strchr(name, '/') != NULL) {
        text_add_string(path, name);
        return is_program(name);
    }
    while (folder != NULL) {
        size_t length = strcspn(folder, ":");

        text_clear(path);
        text_add(path, folder, length);
        text_add_string(path, length == 0 ? "" : "/");
        text_add_string(path, name);
        if (is_program(text_string(path))) {
            return true;
        }
        folder = folder[length] == '\0' ? NULL : folder + length + 1;
    }
    return false;
}

/** Says what a name would run. @param in_words as `type` does @return its status */
static int describe(struct shell *shell, const char *name, bool in_words)
{
    struct text path = {0}, text = {0};
    const char *kind = NULL;
    int status = 0;

    if (functions_find(&shell->functions, name) != NULL) {
        kind = " is a function";
    } else if (builtin_find(name) != NULL) {
        kind = " is a shell builtin";
    } else if (find_program(shell, name, &path)) {
        kind = " is ";
    } else {
        text_add_string(&text, in_words ? name : "");
        text_add_string(&text, in_words ? ": not found\n" : "");
        status = STATUS_NOT_FOUND;
    }
    if (kind != NULL && in_words) {
        text_add_string(&text, name);
        text_add_string(&text, kind);
        text_add_string(&text, text_string(&path));
    } else if (kind != NULL) {
        text_add_string(&text, path.length == 0 ? name : text_string(&path));
    }
    text_add_string(&text, kind == NULL ? "" : "\n");
    if (files_write(shell, 1, &text) != 0) {
        status = STATUS_FAILED;
    }
    text_free(&path);
    text_free(&text);
    return status;
}

/** Says what names would run. */
int builtin_type(struct shell *shell, size_t count, char **words)
{
    int status = 0;

    for (size_t i = 1; i < count; i++) {
        int found = describe(shell, words[i], true);

        status = found != 0 ? found : status;
    }
    return status;
}

/** Runs a command that is no function, or says what would be run (-v). */
int builtin_command(struct shell *shell, size_t count, char **words)
{
    struct fields fields = {.words = words + 1, .count = count - 1};
    static const struct node node = {.kind = NODE_SIMPLE};
    const struct builtin *builtin;
    pid_t pid;

    if (count == 1) {
        return 0;
    }
    if (strcmp(words[1], "-v") == 0 || strcmp(words[1], "-V") == 0) {
        bool in_words = words[1][1] == 'V';

        return count != 3 ? builtin_usage(shell, words[0]) : describe(shell, words[2], in_words);
    }
    builtin = builtin_find(words[1]);
    if (builtin != NULL) {
        return builtin->run(shell, count - 1, words + 1);
    }
    return simple_start(shell, &node, &fields, &pid) ? process_wait(shell, &pid, 1) : shell->status;
}
