/**
 * @file
 * The text screen, as it should look: cells and a cursor, and what can be done to them. It knows no
 * device: vga.h shows it.
 *
 * A cell is what the VGA adapter's text modes take: a character of code page 437 in the low byte,
 * above it the colours: foreground in bits 0 to 3, background in bits 4 to 6 (IBM VGA XGA Technical
 * Reference Manual, "Alphanumeric Modes").
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define SCREEN_ROWS 25u
#define SCREEN_COLUMNS 80u
#define SCREEN_CELL(colours, character) ((uint16_t)((colours) << 8 | (character)))
#define SCREEN_GREY_ON_BLACK 0x07u

/**
 * A screen. Behind a character in the last column the cursor stays there, in column SCREEN_COLUMNS:
 * the line goes on in the next row only with the next character.
 */
struct screen {
    uint16_t cells[SCREEN_ROWS][SCREEN_COLUMNS]; /**< by screen_row() */
    unsigned top;    /**< where in `cells` the first row stands; the others behind it, in a ring */
    unsigned row;    /**< of the cursor, from 0 on */
    unsigned column; /**< likewise; up to SCREEN_COLUMNS */
    uint8_t colours; /**< of what is written or erased now */
    bool hides_cursor;
    uint32_t changed; /**< a bit for each row that has changed; whoever shows it clears them */
};

_Static_assert(SCREEN_ROWS <= 32, "`changed` has a bit for each row");

/** @return the cells of a row, below SCREEN_ROWS */
static inline uint16_t *screen_row(struct screen *screen, unsigned row)
{
    return screen->cells[(screen->top + row) % SCREEN_ROWS];
}

void screen_clear(struct screen *screen);
void screen_put(struct screen *screen, uint8_t character);
void screen_replace(struct screen *screen, uint8_t character);
void screen_next_row(struct screen *screen);
void screen_move(struct screen *screen, unsigned row, unsigned column);
void screen_erase(struct screen *screen, unsigned row, unsigned first, unsigned end);
