/**
 * @file
 * The VGA adapter's text screen (IBM VGA XGA Technical Reference Manual, "Alphanumeric Modes" and
 * "CRT Controller Registers"). It is in mode 3, 80 columns and 25 rows in colours, as the machine's
 * firmware has left it.
 *
 * The adapter's memory is slow, so nothing is read from it and only what has changed is written,
 * once for all that came together.
 */
#include "console/vga.h"

#include "console/screen.h"
#include "console/slots.h"
#include "device.h"
#include "memory.h"

#define SCREEN_ADDRESS 0x0000600000000000ul /* where the driver has the adapter's memory */

#define CRTC_INDEX 0x3D4u
#define CRTC_DATA 0x3D5u
#define CURSOR_START 0x0Au /* its first line of a cell; and bit 5: no cursor */
#define CURSOR_END 0x0Bu
#define START_HIGH 0x0Cu /* which cell is the screen's first one */
#define START_LOW 0x0Du
#define CURSOR_HIGH 0x0Eu /* which cell the cursor is in */
#define CURSOR_LOW 0x0Fu

#define UNDERLINE_START 13u
#define UNDERLINE_END 14u
#define NOWHERE (SCREEN_ROWS * SCREEN_COLUMNS) /* a cell that is not seen */

static volatile uint16_t *const memory = (volatile uint16_t *)SCREEN_ADDRESS;
static unsigned cursor = NOWHERE;

static void write(uint64_t index, uint64_t value)
{
    port_write(SLOT_CURSOR_PORTS, CRTC_INDEX, 1, index);
    port_write(SLOT_CURSOR_PORTS, CRTC_DATA, 1, value);
}

/**
 * Makes the screen ready.
 *
 * @return ERROR_NONE; what frame_map() is refused with
 */
enum error vga_open(void)
{
    enum error error = frame_map((slot){SLOT_OWN_SCREEN}, (slot){SLOT_OWN_SPACE}, SCREEN_ADDRESS,
                                 MEMORY_READ | MEMORY_WRITE);

    if (error == ERROR_NONE) {
        write(START_HIGH, 0);
        write(START_LOW, 0);
        write(CURSOR_START, UNDERLINE_START);
        write(CURSOR_END, UNDERLINE_END);
    }
    return error;
}

static void show_row(struct screen *screen, unsigned row)
{
    const uint16_t *cells = screen_row(screen, row);

    for (unsigned column = 0; column < SCREEN_COLUMNS; column++) {
        memory[row * SCREEN_COLUMNS + column] = cells[column];
    }
}

/** @return the cell that the cursor is in. Behind the last column it stands in that one */
static unsigned cursor_of(const struct screen *screen)
{
    unsigned column = screen->column < SCREEN_COLUMNS ? screen->column : SCREEN_COLUMNS - 1;

    return screen->hides_cursor ? NOWHERE : screen->row * SCREEN_COLUMNS + column;
}

/** Shows a row that has changed, the next one from that on which was shown before. */
static void show_next_row(struct screen *screen)
{
    static unsigned row;

    while ((screen->changed >> row & 1) == 0) {
        row = (row + 1) % SCREEN_ROWS;
    }
    show_row(screen, row);
    screen->changed &= ~(1u << row);
}

/**
 * Shows a row of what has changed, and the cursor.
 *
 * @param screen  its `changed` has what is left
 * @return whether something is left
 */
bool vga_show(struct screen *screen)
{
    unsigned wanted = cursor_of(screen);

    if (screen->changed != 0) {
        show_next_row(screen);
    }
    if (wanted != cursor) {
        write(CURSOR_HIGH, wanted >> 8);
        write(CURSOR_LOW, wanted & 0xFF);
        cursor = wanted;
    }
    return screen->changed != 0;
}
