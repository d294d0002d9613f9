/**
 * @file
 * What is typed.
 *
 * A byte stands in the queue, as it came, until it is edited into the line, or read raw. A line
 * that is done is read, maybe in several pieces; while there is something of it left, no other is
 * edited.
 */
#include "console/input.h"

#include "console/line.h"
#include "console/output.h"
#include "console/queue.h"
#include "string.h"

#define QUEUE_SIZE 4096u
#define CONTROL_C 0x03
#define CONTROL_BACKSLASH 0x1C
#define EDITED_MAX 2u                 /* bytes of a turn */
#define EDIT_ROOM (2 * LINE_ECHO_MAX) /* of the output: the line is shown, then changed */

static uint8_t bytes_of_queue[QUEUE_SIZE];
static struct byte_queue queue = {.bytes = bytes_of_queue, .size = QUEUE_SIZE};
static enum console_mode mode;
static void (*tell_interrupt)(bool ends_all);

static struct line line = {.echo = output_put};
static bool is_done;  /* the line is to be read */
static size_t given;  /* bytes of it that have been read */
static unsigned turn; /* bytes that may still be edited in it */

/** Begins without input. @param interrupted called when Ctrl-C has come; with true for Ctrl-\ */
void input_open(void (*interrupted)(bool ends_all))
{
    tell_interrupt = interrupted;
    line_begin(&line);
}

/** @return how many bytes can be put */
size_t input_room(void)
{
    return queue_room(&queue);
}

static void interrupt(bool ends_all)
{
    queue_clear(&queue);
    is_done = false;
    line_interrupt(&line);
    tell_interrupt(ends_all);
}

/**
 * Takes what a key has sent. Ctrl-\ acts in each mode, and ends that of raw bytes: whoever has set
 * that may not listen to anything.
 *
 * @param bytes  of the key
 * @param count  how many. When there is no room for all of them none is taken, and a bell rings
 */
void input_put(const char *bytes, size_t count)
{
    if (count == 1 && bytes[0] == CONTROL_BACKSLASH) {
        input_set_mode(CONSOLE_LINES);
        interrupt(true);
    } else if (mode == CONSOLE_LINES && count == 1 && bytes[0] == CONTROL_C) {
        interrupt(false);
    } else if (!queue_put(&queue, bytes, count)) {
        output_put("\a", 1);
    }
}

/** @return whether a line is there that should be shown, or changed */
static bool can_edit(void)
{
    bool has_something = queue.count > 0 || (line.length > 0 && !line.is_shown);

    return has_something && !is_done && output_room() >= EDIT_ROOM;
}

/** Edits the line, until it is done, nothing is left or the turn is over. */
static void edit(void)
{
    for (; turn > 0 && can_edit(); turn--) {
        uint8_t byte;

        if (!line.is_shown) {
            line_show(&line, output_column());
        }
        if (queue_take(&queue, &byte)) {
            is_done = line_take(&line, byte) != LINE_GOES_ON;
            given = 0;
        }
    }
}

/** Begins a turn of reading: no more is edited in one than the devices can wait for. */
void input_begin_turn(void)
{
    turn = EDITED_MAX;
}

/** @return whether a turn has ended with something left to be edited */
bool input_turn_is_over(void)
{
    return turn == 0 && can_edit();
}

/** Gives what is left of the line that is done. @return bytes */
static size_t give_line(void *to, size_t size)
{
    size_t left = line.length - given, count = left < size ? left : size;

    memcpy(to, &line.text[given], count);
    given += count;
    if (given == line.length) {
        is_done = false;
        line_begin(&line);
    }
    return count;
}

/** Gives bytes as they came. @return how many */
static size_t give_raw(uint8_t *to, size_t size)
{
    size_t count = 0;

    while (count < size && queue_take(&queue, &to[count])) {
        count++;
    }
    return count;
}

/**
 * Reads, if there is something to be read.
 *
 * @param to    where to
 * @param size  at least 1
 * @param done  set to how many bytes; 0: the end of the input
 * @return whether there was something
 */
bool input_read(void *to, size_t size, size_t *done)
{
    if (mode == CONSOLE_LINES) {
        edit();
    }
    if (is_done) {
        *done = give_line(to, size);
        return true;
    }
    *done = mode == CONSOLE_RAW ? give_raw(to, size) : 0;
    return *done > 0;
}

/** Something else is to be shown: the line gives way until somebody waits for it again. */
void input_hide(void)
{
    if (line.is_shown) {
        line_hide(&line);
    }
}

/** Sets how lines are read from now on. A part of a line that was edited is read first. */
void input_set_mode(enum console_mode wanted)
{
    input_hide();
    if (wanted == CONSOLE_RAW && line.length > 0 && !is_done) {
        is_done = true;
        given = 0;
    }
    mode = wanted;
}
