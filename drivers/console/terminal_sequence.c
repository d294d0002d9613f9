/**
 * @file
 * What the terminal's sequences do.
 */
#include "console/terminal_sequence.h"

#define WHITE 7u
#define BLACK 0u
#define BRIGHT 8u      /* in a colour */
#define SHOW_CURSOR 25 /* DECTCEM */

/** What SGR's numbers from 30 on mean: a colour is the last digit. */
enum colour_number {
    FOREGROUND = 3,
    BACKGROUND = 4,
    BRIGHT_FOREGROUND = 9,
    BRIGHT_BACKGROUND = 10
};

#define COLOUR_OTHER 8   /* as last digit: of 256, or of all; numbers follow */
#define COLOUR_DEFAULT 9 /* likewise: that of the beginning */

/** Puts the colours together. The adapter counts blue, green, red; ANSI red, green, blue. */
static void set_colours(struct terminal *terminal)
{
    static const uint8_t adapter[] = {0, 4, 2, 6, 1, 5, 3, 7};
    unsigned bright = terminal->is_bold ? BRIGHT : terminal->foreground & BRIGHT;
    unsigned front = terminal->foreground % 8, back = terminal->background % 8;

    if (terminal->is_reverse) {
        front = terminal->background % 8;
        back = terminal->foreground % 8;
    }
    terminal->screen.colours = (uint8_t)(adapter[back] << 4 | adapter[front] | bright);
}

/** Colours and their like become those of the beginning. */
void terminal_plain_colours(struct terminal *terminal)
{
    terminal->foreground = WHITE;
    terminal->background = BLACK;
    terminal->is_bold = false;
    terminal->is_reverse = false;
    set_colours(terminal);
}

/** Keeps the cursor's place. */
void terminal_keep_place(struct terminal *terminal)
{
    terminal->kept_row = terminal->screen.row;
    terminal->kept_column = terminal->screen.column;
}

/** The cursor goes to the place that was kept last; without one to the beginning. */
void terminal_go_to_kept_place(struct terminal *terminal)
{
    screen_move(&terminal->screen, terminal->kept_row, terminal->kept_column);
}

/** @return a number of the sequence; `otherwise` when it is missing, or 0 */
static unsigned number(const struct terminal *terminal, unsigned index, unsigned otherwise)
{
    unsigned found = index < TERMINAL_NUMBERS ? terminal->numbers[index] : 0;

    return found == 0 ? otherwise : found;
}

static unsigned minus(unsigned left, unsigned right)
{
    return left > right ? left - right : 0;
}

/** Moves the cursor, or does nothing. */
static void move(struct terminal *terminal, uint8_t final)
{
    struct screen *screen = &terminal->screen;
    unsigned row = screen->row, count = number(terminal, 0, 1);
    unsigned column = screen->column < SCREEN_COLUMNS ? screen->column : SCREEN_COLUMNS - 1;

    switch (final) {
    case 'A':
        screen_move(screen, minus(row, count), column);
        break;
    case 'B':
        screen_move(screen, row + count, column);
        break;
    case 'C':
        screen_move(screen, row, column + count);
        break;
    case 'D':
        screen_move(screen, row, minus(column, count));
        break;
    case 'E':
        screen_move(screen, row + count, 0);
        break;
    case 'F':
        screen_move(screen, minus(row, count), 0);
        break;
    case 'G':
        screen_move(screen, row, count - 1);
        break;
    case 'd':
        screen_move(screen, count - 1, column);
        break;
    case 'H':
    case 'f':
        screen_move(screen, count - 1, number(terminal, 1, 1) - 1);
        break;
    default:
        break;
    }
}

/** Erases a part of the cursor's row: 0 from the cursor on, 1 up to it, 2 all. */
static void erase_in_row(struct screen *screen, unsigned what)
{
    unsigned column = screen->column < SCREEN_COLUMNS ? screen->column : SCREEN_COLUMNS - 1;

    if (what <= 2) {
        screen_erase(screen, screen->row, what == 0 ? column : 0,
                     what == 1 ? column + 1 : SCREEN_COLUMNS);
    }
}

/** Erases a part of the screen, likewise. */
static void erase_in_screen(struct screen *screen, unsigned what)
{
    unsigned first = what == 0 ? screen->row + 1 : 0;
    unsigned end = what == 1 ? screen->row : SCREEN_ROWS;

    erase_in_row(screen, what);
    for (unsigned row = first; what <= 2 && row < end; row++) {
        screen_erase(screen, row, 0, SCREEN_COLUMNS);
    }
}

/** Takes a colour's number. @return how many of the numbers behind it belong to it */
static unsigned take_colour(struct terminal *terminal, unsigned index)
{
    unsigned value = terminal->numbers[index], kind = value / 10, colour = value % 10;

    if (colour == COLOUR_OTHER && (kind == FOREGROUND || kind == BACKGROUND)) {
        return number(terminal, index + 1, 0) == 2 ? 4 : 2;
    }
    if (colour == COLOUR_OTHER) {
        return 0;
    }
    if (kind == FOREGROUND) {
        terminal->foreground = (uint8_t)(colour == COLOUR_DEFAULT ? WHITE : colour);
    } else if (kind == BACKGROUND) {
        terminal->background = (uint8_t)(colour == COLOUR_DEFAULT ? BLACK : colour);
    } else if (kind == BRIGHT_FOREGROUND && colour < 8) {
        terminal->foreground = (uint8_t)(colour + BRIGHT);
    } else if (kind == BRIGHT_BACKGROUND && colour < 8) {
        terminal->background = (uint8_t)colour;
    }
    return 0;
}

/** Takes a number of SGR. @return how many of the numbers behind it belong to it */
static unsigned take_rendition(struct terminal *terminal, unsigned index)
{
    switch (terminal->numbers[index]) {
    case 0:
        terminal_plain_colours(terminal);
        return 0;
    case 1:
        terminal->is_bold = true;
        return 0;
    case 22:
        terminal->is_bold = false;
        return 0;
    case 7:
    case 27:
        terminal->is_reverse = terminal->numbers[index] == 7;
        return 0;
    default:
        return take_colour(terminal, index);
    }
}

static void renditions(struct terminal *terminal)
{
    for (unsigned i = 0; i < terminal->count; i++) {
        i += take_rendition(terminal, i);
    }
    set_colours(terminal);
}

/** Does what a sequence with a mark in its beginning says: only the cursor's visibility counts. */
static void marked(struct terminal *terminal, uint8_t final)
{
    if (terminal->mark == '?' && terminal->numbers[0] == SHOW_CURSOR &&
        (final == 'h' || final == 'l')) {
        terminal->screen.hides_cursor = final == 'l';
    }
}

/**
 * Does what ESC [ ... says.
 *
 * @param terminal  with the numbers in between
 * @param final     the last byte
 */
void terminal_sequence(struct terminal *terminal, uint8_t final)
{
    if (terminal->mark != 0) {
        marked(terminal, final);
        return;
    }
    switch (final) {
    case 'J':
        erase_in_screen(&terminal->screen, terminal->numbers[0]);
        break;
    case 'K':
        erase_in_row(&terminal->screen, terminal->numbers[0]);
        break;
    case 'm':
        renditions(terminal);
        break;
    case 's':
        terminal_keep_place(terminal);
        break;
    case 'u':
        terminal_go_to_kept_place(terminal);
        break;
    default:
        move(terminal, final);
    }
}
