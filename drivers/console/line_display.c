/**
 * @file
 * What the line editor shows. Places on the display are counted in characters of the line, from its
 * origin on: there is never doubt where the display's cursor is, because a new line of the display
 * is begun as soon as one is full; terminals that do so by themselves do it one character later.
 */
#include "console/line_display.h"

#include "console/utf8.h"
#include "string.h"

/* Rows and columns of a sequence have two digits. */
_Static_assert(LINE_COLUMNS <= 100 && LINE_BYTES_MAX / LINE_COLUMNS < 100, "none is larger");

#define BACKSPACES_MAX 4u /* a shorter way to the left than a sequence */

static void put(const struct line *line, const char *text)
{
    line->echo(text, strlen(text));
}

/** Puts ESC [ NUMBER LETTER; nothing for 0. @param number below 100 */
static void put_sequence(const struct line *line, size_t number, char letter)
{
    if (number > 0) {
        put(line, "\033[");
        line->echo((const char[]){(char)('0' + number / 10)}, number >= 10 ? 1 : 0);
        line->echo((const char[]){(char)('0' + number % 10), letter}, 2);
    }
}

/** @return characters that begin before a place of the text */
static size_t characters(const struct line *line, size_t end)
{
    size_t count = 0;

    for (size_t i = 0; i < end; i++) {
        count += utf8_continues((uint8_t)line->text[i]) ? 0 : 1;
    }
    return count;
}

static size_t row_of(const struct line *line, size_t place)
{
    return (line->origin + place) / LINE_COLUMNS;
}

static size_t column_of(const struct line *line, size_t place)
{
    return (line->origin + place) % LINE_COLUMNS;
}

/** Moves the display's cursor within its row. */
static void go_along(const struct line *line, size_t from, size_t to)
{
    if (to < from && from - to <= BACKSPACES_MAX) {
        line->echo("\b\b\b\b", from - to);
    } else if (to < from) {
        put(line, "\r");
        put_sequence(line, to, 'C');
    } else {
        put_sequence(line, to - from, 'C');
    }
}

/** Moves the display's cursor before a character. */
static void go_to(struct line *line, size_t place)
{
    size_t from = row_of(line, line->place), to = row_of(line, place);

    if (to < from) {
        put_sequence(line, from - to, 'A');
    } else {
        put_sequence(line, to - from, 'B');
    }
    go_along(line, column_of(line, line->place), column_of(line, place));
    line->place = place;
}

/** Writes the text from a character's first byte on. */
static void write_from(struct line *line, size_t first)
{
    size_t end;

    for (; first < line->length; first = end) {
        for (end = first + 1; end < line->length && utf8_continues((uint8_t)line->text[end]);) {
            end++;
        }
        line->echo(line->text[first] == '\t' ? " " : &line->text[first], end - first);
        line->place++;
        if (column_of(line, line->place) == 0) {
            put(line, "\n");
        }
    }
}

/**
 * The line has changed: shows it as it is now.
 *
 * @param line   the line
 * @param first  where in the text the change begins
 */
void line_display_change(struct line *line, size_t first)
{
    go_to(line, characters(line, first));
    write_from(line, first);
    if (line->place < line->shown) {
        put(line, row_of(line, line->place) == row_of(line, line->shown) ? "\033[K" : "\033[J");
    }
    line->shown = line->place;
    line_display_move(line);
}

/** The cursor has moved: the display's cursor follows. */
void line_display_move(struct line *line)
{
    go_to(line, characters(line, line->cursor));
}

/**
 * The line is done. It stays on the display, with a text behind it.
 *
 * @param line  the line
 * @param text  maybe with a newline at its end, which is not needed where a line of the display has
 *              just begun
 */
void line_display_leave(struct line *line, const char *text)
{
    if (line->is_shown) {
        go_to(line, line->shown);
        line->is_shown = false;
        if (line->place > 0 && column_of(line, line->place) == 0 && text[0] == '\n') {
            return;
        }
    }
    put(line, text);
}

/**
 * Shows the line.
 *
 * @param line    it is not shown
 * @param column  where the display's cursor is, 0 to LINE_COLUMNS: behind the last one
 */
void line_show(struct line *line, unsigned column)
{
    line->origin = column % LINE_COLUMNS;
    line->place = 0;
    line->shown = 0;
    line->is_shown = true;
    if (column >= LINE_COLUMNS) {
        put(line, "\n");
    }
    line_display_change(line, 0);
}

/** Hides the line: the display is as it was before. The line stays. */
void line_hide(struct line *line)
{
    go_to(line, 0);
    if (line->shown > 0) {
        put(line, "\033[J");
    }
    line->is_shown = false;
}
