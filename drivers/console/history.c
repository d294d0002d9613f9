/**
 * @file
 * The lines that were read last.
 */
#include "console/history.h"

#include "string.h"

/**
 * Adds a line. An empty one, and one that equals the last one, is not worth a place.
 *
 * @param history  where to
 * @param text     the line, without newline
 * @param length   in bytes, at most LINE_BYTES_MAX
 */
void history_add(struct history *history, const char *text, size_t length)
{
    const struct history_entry *last = history_find(history, 1);
    struct history_entry *entry = &history->entries[history->count % HISTORY_ENTRIES];

    if (length == 0 ||
        (last != NULL && last->length == length && memcmp(last->text, text, length) == 0)) {
        return;
    }
    entry->length = length;
    memcpy(entry->text, text, length);
    history->count++;
}

/**
 * @param history  where to look
 * @param age      1: the last line, 2: the one before it, and so on
 * @return that line; NULL when it is not kept, or not yet there
 */
const struct history_entry *history_find(const struct history *history, size_t age)
{
    if (age == 0 || age > history->count || age > HISTORY_ENTRIES) {
        return NULL;
    }
    return &history->entries[(history->count - age) % HISTORY_ENTRIES];
}
