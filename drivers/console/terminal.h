/**
 * @file
 * The terminal: bytes that are written become changes of the screen, as on a VT100, or rather a
 * part of it (ECMA-48; DEC VT100 User Guide, chapter 3).
 *
 *     BEL                  nothing: there is no bell
 *     BS, HT, LF, CR       left; to the next multiple of 8; down; to the beginning of the row
 *     ESC [ n A, B, C, D   up, down, right, left by n
 *     ESC [ n E, F         to the beginning of the nth row below, above
 *     ESC [ n G, d         to column n, to row n
 *     ESC [ r ; c H, f     to row r, column c
 *     ESC [ n J, K         erases, of screen or row: 0 from the cursor on, 1 up to it, 2 all
 *     ESC [ ... m          colours: 0, 1, 7, 22, 27, 30 to 37, 39, 40 to 47, 49, 90 to 97
 *     ESC [ s, u; ESC 7, 8 keeps the cursor's place, goes there
 *     ESC [ ? 25 h, l      shows, hides the cursor
 *     ESC c                all as it was in the beginning
 *
 * Other sequences are read and mean nothing. What is no control character is UTF-8; a question mark
 * stands for characters that the screen does not have, and for bytes that are none.
 */
#pragma once

#include "console/screen.h"
#include "console/utf8.h"

#define TERMINAL_NUMBERS 8u /**< of a sequence; further ones are ignored */

/** Where in a sequence the bytes are. */
enum terminal_state {
    TERMINAL_TEXT,
    TERMINAL_ESCAPE,   /**< behind ESC */
    TERMINAL_SEQUENCE, /**< behind ESC [ */
    TERMINAL_CHARSET,  /**< behind ESC and a mark: one more byte */
    TERMINAL_STRING,   /**< behind ESC ]: a text for a window's title, up to BEL or ESC \ */
};

/** A terminal. terminal_reset() before all else. */
struct terminal {
    struct screen screen;
    enum terminal_state state;
    struct utf8 utf8; /**< a character that is not whole */

    uint8_t mark; /**< of a sequence: one of < = > ? in the beginning, or 0 */
    unsigned numbers[TERMINAL_NUMBERS];
    unsigned count; /**< of numbers that are over */

    uint8_t foreground, background; /**< ANSI's colours: 0 to 15, 0 to 7 */
    bool is_bold, is_reverse;
    unsigned kept_row, kept_column;
};

void terminal_reset(struct terminal *terminal);
void terminal_take(struct terminal *terminal, uint8_t byte);
