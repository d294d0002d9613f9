/**
 * @file
 * What is shown.
 */
#include "console/output.h"

#include "console/queue.h"
#include "console/terminal.h"

#define QUEUE_SIZE 16384u

static uint8_t bytes_of_queue[QUEUE_SIZE];
static struct byte_queue queue = {.bytes = bytes_of_queue, .size = QUEUE_SIZE};
static struct terminal terminal;

/** Begins with an empty screen. */
void output_open(void)
{
    terminal_reset(&terminal);
}

/** Shows bytes: all of them, or none if there is no room. */
static void show(const char *bytes, size_t count)
{
    if (queue_put(&queue, bytes, count)) {
        for (size_t i = 0; i < count; i++) {
            terminal_take(&terminal, (uint8_t)bytes[i]);
        }
    }
}

/**
 * Shows bytes. What finds no room in the serial line's queue is left out, on the screen too; so
 * whoever wants all of it shown looks at output_room() before.
 *
 * @param bytes  as terminal.h says, but that a line feed begins the next row: terminals want a
 *               return before it
 * @param size   how many
 */
void output_put(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] == '\n') {
            show("\r\n", 2);
        } else {
            show(&bytes[i], 1);
        }
    }
}

/** @return how many bytes can be shown now, a line feed counted as two */
size_t output_room(void)
{
    return queue_room(&queue);
}

/** @return the cursor's column, 0 to LINE_COLUMNS: behind the last one */
unsigned output_column(void)
{
    return terminal.screen.column;
}

/** @return the screen; what has changed of it is to be shown */
struct screen *output_screen(void)
{
    return &terminal.screen;
}

/** @return whether all has gone out to the serial line */
bool output_is_empty(void)
{
    return queue.count == 0;
}

/** Takes the next byte for the serial line. @return false: there is none */
bool output_take(uint8_t *byte)
{
    return queue_take(&queue, byte);
}
