/**
 * @file
 * Fields: see fields.h.
 */
#include "fields.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 16u

/** Makes room for one more field and the NULL. @return whether there is */
static bool make_room(struct fields *fields)
{
    size_t room = fields->room == 0 ? FIRST_ROOM : fields->room * 2;
    char **words;

    if (fields->count + 1 < fields->room) {
        return true;
    }
    words = arena_take(fields->arena, room * sizeof(*words));
    if (words == NULL) {
        return false;
    }
    if (fields->count != 0) {
        memcpy(words, fields->words, fields->count * sizeof(*words));
    }
    fields->words = words;
    fields->room = room;
    return true;
}

/** Adds a copy of these bytes. */
void fields_add(struct fields *fields, const char *bytes, size_t length)
{
    char *copy = arena_copy(fields->arena, bytes, length);

    if (copy == NULL || !make_room(fields)) {
        fields->failed = true;
        return;
    }
    fields->words[fields->count++] = copy;
    fields->words[fields->count] = NULL;
}

static int compare(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/** Puts all fields from `first` on in the order of their bytes. */
void fields_sort(struct fields *fields, size_t first)
{
    if (fields->count > first) {
        qsort(fields->words + first, fields->count - first, sizeof(*fields->words), compare);
    }
}
