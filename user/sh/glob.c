/**
 * @file
 * Patterns that stand for paths: a pattern is gone through from slash to slash.
 */
#include "glob.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

#include "pattern.h"
#include "text.h"

#define DEPTH_MAX 64u /* components of a path: each needs a piece of the stack */

/** A search. */
struct search {
    struct fields *fields;
    struct text path; /**< as far as it is known */
    unsigned depth;
};

static void search(struct search *state, const char *pattern);

/** Adds what a component stands for, and goes on behind it. */
static void enter(struct search *state, const char *name, size_t length, const char *rest)
{
    size_t before = state->path.length;

    text_add(&state->path, name, length);
    search(state, rest);
    state->path.length = before;
}

/** @return whether an entry's name is meant: those with a dot first only if it is said */
static bool is_meant(const char *component, const char *name)
{
    if (name[0] == '.' && component[0] != '.' && strncmp(component, "\\.", 2) != 0) {
        return false;
    }
    return pattern_matches(component, name, strlen(name));
}

/** Tries all entries of the directory that the path leads to. */
static void search_directory(struct search *state, const char *component, const char *rest)
{
    DIR *directory = opendir(state->path.length == 0 ? "." : text_string(&state->path));
    const struct dirent *entry;

    if (directory == NULL) {
        return;
    }
    while ((entry = readdir(directory)) != NULL) {
        if (is_meant(component, entry->d_name)) {
            enter(state, entry->d_name, strlen(entry->d_name), rest);
        }
    }
    closedir(directory);
}

/** Notes the path if there is such a file. */
static void note(struct search *state)
{
    struct stat status;

    if (lstat(text_string(&state->path), &status) == 0) {
        fields_add(state->fields, state->path.bytes, state->path.length);
    }
}

/** Goes through the components of a pattern, from the path that is known on. */
static void search(struct search *state, const char *pattern)
{
    size_t slashes = strspn(pattern, "/");
    size_t length = strcspn(pattern + slashes, "/");
    struct text component = {0};

    text_add(&state->path, pattern, slashes);
    text_add(&component, pattern + slashes, length);
    pattern += slashes + length;
    if (state->path.failed || component.failed) {
        state->fields->failed = true;
    } else if (++state->depth > DEPTH_MAX) {
        /* nothing is found so deep */
    } else if (length == 0) {
        note(state);
    } else if (pattern_is_special(text_string(&component))) {
        search_directory(state, component.bytes, pattern);
    } else {
        size_t plain = pattern_plain(component.bytes);

        enter(state, component.bytes, plain, pattern);
    }
    state->depth--;
    text_free(&component);
}

/**
 * Finds all files whose path matches a pattern.
 *
 * @param pattern  with a special byte; ends with NUL
 * @param fields   the paths are added, sorted
 * @return whether there were any
 */
bool glob_expand(const char *pattern, struct fields *fields)
{
    struct search state = {.fields = fields};
    size_t before = fields->count;

    search(&state, pattern);
    text_free(&state.path);
    fields_sort(fields, before);
    return fields->count != before;
}
