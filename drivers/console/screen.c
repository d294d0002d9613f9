/**
 * @file
 * The text screen, as it should look.
 */
#include "console/screen.h"

static unsigned least(unsigned left, unsigned right)
{
    return left < right ? left : right;
}

/**
 * Erases a part of a row, in the present colours.
 *
 * @param screen  the screen
 * @param row     below SCREEN_ROWS
 * @param first   first column
 * @param end     behind the last one; at most SCREEN_COLUMNS
 */
void screen_erase(struct screen *screen, unsigned row, unsigned first, unsigned end)
{
    for (unsigned column = first; column < end; column++) {
        screen_row(screen, row)[column] = SCREEN_CELL(screen->colours, ' ');
    }
    screen->changed |= 1u << row;
}

/** Makes all of the screen empty and grey on black, with the cursor at its beginning. */
void screen_clear(struct screen *screen)
{
    *screen = (struct screen){.colours = SCREEN_GREY_ON_BLACK};
    for (unsigned row = 0; row < SCREEN_ROWS; row++) {
        screen_erase(screen, row, 0, SCREEN_COLUMNS);
    }
}

/** All rows move up; the first one is gone, the last one empty. No cell is copied: that would take
 * as long as a dozen bytes on the serial line. */
static void scroll(struct screen *screen)
{
    screen->top = (screen->top + 1) % SCREEN_ROWS;
    screen_erase(screen, SCREEN_ROWS - 1, 0, SCREEN_COLUMNS);
    screen->changed = (uint32_t)((1ul << SCREEN_ROWS) - 1);
}

/** Moves the cursor down by one row; from the last one all rows move up instead. */
void screen_next_row(struct screen *screen)
{
    if (screen->row < SCREEN_ROWS - 1) {
        screen->row++;
    } else {
        scroll(screen);
    }
}

/**
 * Moves the cursor.
 *
 * @param screen  the screen
 * @param row     any number: one that is too large means the last row
 * @param column  likewise
 */
void screen_move(struct screen *screen, unsigned row, unsigned column)
{
    screen->row = least(row, SCREEN_ROWS - 1);
    screen->column = least(column, SCREEN_COLUMNS - 1);
}

/** Replaces the character before the cursor; there is one in the cursor's row. */
void screen_replace(struct screen *screen, uint8_t character)
{
    screen_row(screen, screen->row)[screen->column - 1] = SCREEN_CELL(screen->colours, character);
    screen->changed |= 1u << screen->row;
}

/** Writes a character where the cursor is. @param character of code page 437 */
void screen_put(struct screen *screen, uint8_t character)
{
    if (screen->column == SCREEN_COLUMNS) {
        screen_next_row(screen);
        screen->column = 0;
    }
    screen->column++;
    screen_replace(screen, character);
}
