/**
 * @file
 * The line editor: what keys do to the line.
 */
#include "console/line.h"

#include "console/line_display.h"
#include "console/utf8.h"
#include "string.h"

/** @return where the character before a place of the text begins */
static size_t before(const struct line *line, size_t place)
{
    do {
        place--;
    } while (place > 0 && utf8_continues((uint8_t)line->text[place]));
    return place;
}

/** @return where the character that stands at a place of the text ends */
static size_t behind(const struct line *line, size_t place)
{
    do {
        place++;
    } while (place < line->length && utf8_continues((uint8_t)line->text[place]));
    return place;
}

static void bell(const struct line *line)
{
    line->echo("\a", 1);
}

/** Puts a character where the cursor is. */
static void insert(struct line *line, const struct key *key)
{
    size_t at = line->cursor;

    if (line->length + key->length > LINE_BYTES_MAX) {
        bell(line);
        return;
    }
    memmove(&line->text[at + key->length], &line->text[at], line->length - at);
    memcpy(&line->text[at], key->bytes, key->length);
    line->length += key->length;
    line->cursor += key->length;
    line_display_change(line, at);
}

/** Removes the bytes from `first` to `end`, which is not included. The cursor stands there then. */
static void cut(struct line *line, size_t first, size_t end)
{
    if (first == end) {
        bell(line);
        return;
    }
    memmove(&line->text[first], &line->text[end], line->length - end);
    line->length -= end - first;
    line->cursor = first;
    line_display_change(line, first);
}

static bool is_blank(char character)
{
    return character == ' ' || character == '\t';
}

/** @return where the word before the cursor begins; blanks behind it belong to it */
static size_t word_start(const struct line *line)
{
    size_t start = line->cursor;

    while (start > 0 && is_blank(line->text[start - 1])) {
        start--;
    }
    while (start > 0 && !is_blank(line->text[start - 1])) {
        start--;
    }
    return start;
}

static void move_to(struct line *line, size_t cursor)
{
    line->cursor = cursor;
    line_display_move(line);
}

/** Replaces the line by another one. */
static void replace(struct line *line, const struct history_entry *entry)
{
    memcpy(line->text, entry->text, entry->length);
    line->length = entry->length;
    line->cursor = entry->length;
    line_display_change(line, 0);
}

/** Shows the line that is older than the one that is shown. The new one waits meanwhile. */
static void take_up(struct line *line)
{
    const struct history_entry *entry = history_find(&line->history, line->age + 1);

    if (entry == NULL) {
        bell(line);
        return;
    }
    if (line->age == 0) {
        line->new_line.length = line->length;
        memcpy(line->new_line.text, line->text, line->length);
    }
    line->age++;
    replace(line, entry);
}

/** Shows the line that is newer than the one that is shown. */
static void take_down(struct line *line)
{
    if (line->age == 0) {
        bell(line);
        return;
    }
    line->age--;
    replace(line, line->age == 0 ? &line->new_line : history_find(&line->history, line->age));
}

static enum line_event finish(struct line *line)
{
    history_add(&line->history, line->text, line->length);
    line_display_leave(line, "\n");
    line->text[line->length++] = '\n';
    return LINE_DONE;
}

static enum line_event end_of_file(struct line *line)
{
    line_display_leave(line, "");
    return LINE_END;
}

/** Takes a key that moves the cursor. */
static void take_move(struct line *line, enum key_kind kind)
{
    size_t cursor = line->cursor;

    switch (kind) {
    case KEY_HOME:
        move_to(line, 0);
        break;
    case KEY_END:
        move_to(line, line->length);
        break;
    case KEY_LEFT:
        move_to(line, cursor > 0 ? before(line, cursor) : cursor);
        break;
    default:
        move_to(line, cursor < line->length ? behind(line, cursor) : cursor);
        break;
    }
}

/** Takes a key that removes something. */
static void take_cut(struct line *line, enum key_kind kind)
{
    size_t cursor = line->cursor;

    switch (kind) {
    case KEY_BACKSPACE:
        cut(line, cursor > 0 ? before(line, cursor) : cursor, cursor);
        break;
    case KEY_DELETE:
        cut(line, cursor, cursor < line->length ? behind(line, cursor) : cursor);
        break;
    case KEY_CUT_LEFT:
        cut(line, 0, cursor);
        break;
    case KEY_CUT_RIGHT:
        cut(line, cursor, line->length);
        break;
    default:
        cut(line, word_start(line), cursor);
        break;
    }
}

/** Does what a key wants. */
static enum line_event take_key(struct line *line, const struct key *key)
{
    switch (key->kind) {
    case KEY_ENTER:
        return finish(line);
    case KEY_END_OF_FILE:
        return end_of_file(line);
    case KEY_CHARACTER:
        insert(line, key);
        break;
    case KEY_LEFT:
    case KEY_RIGHT:
    case KEY_HOME:
    case KEY_END:
        take_move(line, key->kind);
        break;
    case KEY_BACKSPACE:
    case KEY_DELETE:
    case KEY_CUT_LEFT:
    case KEY_CUT_RIGHT:
    case KEY_CUT_WORD:
        take_cut(line, key->kind);
        break;
    case KEY_UP:
        take_up(line);
        break;
    case KEY_DOWN:
        take_down(line);
        break;
    default:
        bell(line);
    }
    return LINE_GOES_ON;
}

/**
 * Takes the next byte that was typed. When that finishes the line, its text is there until
 * line_begin(), which must come before the next byte.
 *
 * @param line  it is shown
 * @param byte  any
 * @return what it has led to
 */
enum line_event line_take(struct line *line, uint8_t byte)
{
    struct key key;

    return keys_take(&line->keys, byte, &key) ? take_key(line, &key) : LINE_GOES_ON;
}

/** Begins an empty line. What is shown stays. */
void line_begin(struct line *line)
{
    line->length = 0;
    line->cursor = 0;
    line->age = 0;
    line->is_shown = false;
    line->keys = (struct keys){.state = KEYS_PLAIN};
}

/** Ctrl-C: says so, and begins an empty line. */
void line_interrupt(struct line *line)
{
    line_display_leave(line, "^C\n");
    line_begin(line);
}
