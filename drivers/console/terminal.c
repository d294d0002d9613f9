/**
 * @file
 * The terminal: what bytes are.
 */
#include "console/terminal.h"

#include "console/glyph.h"
#include "console/terminal_sequence.h"

#define ESCAPE 0x1B
#define CANCEL 0x18 /* it and the next one end a sequence */
#define SUBSTITUTE 0x1A
#define DELETE 0x7F
#define TAB 8u
#define NUMBER_MAX 9999u /* larger ones are cut off: what they count is much smaller */
#define UNKNOWN '?'

/** All becomes as it is in the beginning: the screen is empty. */
void terminal_reset(struct terminal *terminal)
{
    *terminal = (struct terminal){.state = TERMINAL_TEXT};
    screen_clear(&terminal->screen);
    terminal_plain_colours(terminal);
}

static void begin_sequence(struct terminal *terminal)
{
    terminal->state = TERMINAL_SEQUENCE;
    terminal->mark = 0;
    terminal->count = 0;
    for (unsigned i = 0; i < TERMINAL_NUMBERS; i++) {
        terminal->numbers[i] = 0;
    }
}

/** Takes the byte behind ESC. */
static void take_escape(struct terminal *terminal, uint8_t byte)
{
    terminal->state = TERMINAL_TEXT;
    switch (byte) {
    case '[':
        begin_sequence(terminal);
        break;
    case ']':
        terminal->state = TERMINAL_STRING;
        break;
    case '7':
        terminal_keep_place(terminal);
        break;
    case '8':
        terminal_go_to_kept_place(terminal);
        break;
    case 'c':
        terminal_reset(terminal);
        break;
    default:
        if (byte < '0') { /* marks: which set of characters, and the like */
            terminal->state = TERMINAL_CHARSET;
        }
    }
}

static void take_digit(struct terminal *terminal, unsigned digit)
{
    if (terminal->count < TERMINAL_NUMBERS && terminal->numbers[terminal->count] <= NUMBER_MAX) {
        terminal->numbers[terminal->count] = terminal->numbers[terminal->count] * 10 + digit;
    }
}

static void end_number(struct terminal *terminal)
{
    if (terminal->count < TERMINAL_NUMBERS) {
        terminal->count++;
    }
}

/** Takes a byte of ESC [ ... : numbers and marks, then the last one, from @ on. */
static void take_sequence(struct terminal *terminal, uint8_t byte)
{
    if (byte >= '0' && byte <= '9') {
        take_digit(terminal, byte - '0');
    } else if (byte == ';') {
        end_number(terminal);
    } else if (byte < '@') {
        terminal->mark = byte;
    } else {
        end_number(terminal);
        terminal->state = TERMINAL_TEXT;
        terminal_sequence(terminal, byte);
    }
}

/** Takes a byte of a character. One column is taken as soon as it begins. */
static void take_character(struct terminal *terminal, uint8_t byte)
{
    bool is_inside = terminal->utf8.missing > 0 && utf8_continues(byte);

    if (!is_inside) {
        terminal->utf8.missing = 0;
    }
    switch (utf8_take(&terminal->utf8, byte)) {
    case UTF8_WHOLE:
        byte = glyph_find(terminal->utf8.code);
        break;
    default:
        byte = UNKNOWN;
    }
    if (is_inside) {
        screen_replace(&terminal->screen, byte);
    } else {
        screen_put(&terminal->screen, byte);
    }
}

/** Takes a control character. */
static void take_control(struct terminal *terminal, uint8_t byte)
{
    struct screen *screen = &terminal->screen;

    terminal->utf8.missing = 0;
    switch (byte) {
    case '\b':
        screen->column -= screen->column == SCREEN_COLUMNS ? 1 : 0;
        screen->column -= screen->column > 0 ? 1 : 0;
        break;
    case '\t':
        screen_move(screen, screen->row, (screen->column / TAB + 1) * TAB);
        break;
    case '\n':
    case '\v':
    case '\f':
        screen_next_row(screen);
        break;
    case '\r':
        screen->column = 0;
        break;
    case ESCAPE:
        terminal->state = TERMINAL_ESCAPE;
        break;
    case CANCEL:
    case SUBSTITUTE:
        terminal->state = TERMINAL_TEXT;
        break;
    default:
        break;
    }
}

/**
 * Takes the next byte.
 *
 * @param terminal  the terminal
 * @param byte      any
 */
void terminal_take(struct terminal *terminal, uint8_t byte)
{
    if (terminal->state == TERMINAL_STRING && byte != ESCAPE && byte != CANCEL) {
        terminal->state = byte == '\a' ? TERMINAL_TEXT : TERMINAL_STRING;
        return;
    }
    if (byte < ' ') {
        take_control(terminal, byte);
        return;
    }
    switch (terminal->state) {
    case TERMINAL_ESCAPE:
        take_escape(terminal, byte);
        break;
    case TERMINAL_SEQUENCE:
        take_sequence(terminal, byte);
        break;
    case TERMINAL_CHARSET:
        terminal->state = TERMINAL_TEXT;
        break;
    default:
        if (byte != DELETE) {
            take_character(terminal, byte);
        }
    }
}
