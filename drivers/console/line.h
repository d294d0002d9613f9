/**
 * @file
 * The line editor: bytes that are typed come in, edits and what is to be shown of them go out. It
 * knows no device.
 *
 * A line is typed behind whatever stands on the display's line already, its prompt, and goes on in
 * the next lines of the display. While it is shown, the cursor of the display stands where the
 * editor has left it; who wants to write something else hides the line first, and shows it
 * afterwards.
 *
 * The display is LINE_COLUMNS wide, or wider: the editor begins a new line by itself behind the
 * last column. It needs of the display the sequences ESC [ A, B, C, J and K (ECMA-48 8.3),
 * backspace, return and line feed. Each character takes one column; a tab is shown as a blank.
 *
 * A line has at most LINE_BYTES_MAX bytes: what would make it longer is refused, with a bell. So
 * are bytes that are not UTF-8, and keys that mean nothing.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "console/history.h"
#include "console/keys.h"

#define LINE_COLUMNS 80u
#define LINE_ECHO_MAX \
    1200u /**< what the editor shows for one byte, or to show or hide a line: at
                                 most so many bytes, "\n" counted as two */

/** What a byte has led to. */
enum line_event {
    LINE_GOES_ON,
    LINE_DONE, /**< `text` has the line, its newline at the end */
    LINE_END,  /**< Ctrl-D: `text` has what there is of a line; nothing: the end of the input */
};

/** A line that is being typed. `echo` is its owner's; all else is 0 in the beginning. */
struct line {
    void (*echo)(const char *bytes, size_t size); /**< takes what is to be shown */
    char text[LINE_BYTES_MAX + 1];
    size_t length; /**< bytes of the text */
    size_t cursor; /**< 0 to `length`; where a character begins, or at the end */
    struct keys keys;

    struct history history;
    size_t age;                    /**< of the old line that is shown; 0: the new one */
    struct history_entry new_line; /**< while an old one is shown */

    bool is_shown;
    unsigned origin; /**< column of the display where the line begins, below LINE_COLUMNS */
    size_t shown;    /**< characters of it that are shown */
    size_t place;    /**< the display's cursor stands before this character */
};

enum line_event line_take(struct line *line, uint8_t byte);
void line_begin(struct line *line);
void line_interrupt(struct line *line);

void line_show(struct line *line, unsigned column);
void line_hide(struct line *line);
