/**
 * @file
 * Keys from bytes.
 */
#include "console/keys.h"

#define ESCAPE 0x1B
#define RUBOUT 0x7F /* what a terminal's backspace key sends */
#define CONTROL(letter) ((letter)&0x1F)
#define NUMBER_MAX 1000u /* a sequence's number is cut off there: no key has one near it */

/** @return what a control character stands for */
static enum key_kind kind_of_control(uint8_t byte)
{
    static const uint8_t kinds[0x20] = {
        [CONTROL('A')] = KEY_HOME,        [CONTROL('B')] = KEY_LEFT,
        [CONTROL('D')] = KEY_END_OF_FILE, [CONTROL('E')] = KEY_END,
        [CONTROL('F')] = KEY_RIGHT,       [CONTROL('H')] = KEY_BACKSPACE,
        [CONTROL('I')] = KEY_CHARACTER,   [CONTROL('J')] = KEY_ENTER,
        [CONTROL('K')] = KEY_CUT_RIGHT,   [CONTROL('M')] = KEY_ENTER,
        [CONTROL('N')] = KEY_DOWN,        [CONTROL('P')] = KEY_UP,
        [CONTROL('U')] = KEY_CUT_LEFT,    [CONTROL('W')] = KEY_CUT_WORD,
    };

    return byte == RUBOUT ? KEY_BACKSPACE : (enum key_kind)kinds[byte];
}

/** @return what a sequence with this last byte stands for */
static enum key_kind kind_of_final(uint8_t byte)
{
    switch (byte) {
    case 'A':
        return KEY_UP;
    case 'B':
        return KEY_DOWN;
    case 'C':
        return KEY_RIGHT;
    case 'D':
        return KEY_LEFT;
    case 'F':
        return KEY_END;
    case 'H':
        return KEY_HOME;
    default:
        return KEY_OTHER;
    }
}

/** @return what ESC [ NUMBER ~ stands for */
static enum key_kind kind_of_number(unsigned number)
{
    switch (number) {
    case 1:
    case 7:
        return KEY_HOME;
    case 3:
        return KEY_DELETE;
    case 4:
    case 8:
        return KEY_END;
    default:
        return KEY_OTHER;
    }
}

/** The key behind ESC. */
static bool take_escape(struct keys *keys, uint8_t byte, struct key *key)
{
    if (byte == '[' || byte == 'O') {
        *keys = (struct keys){.state = byte == '[' ? KEYS_SEQUENCE : KEYS_SINGLE};
        return false;
    }
    *keys = (struct keys){.state = KEYS_PLAIN};
    *key = (struct key){.kind = KEY_OTHER};
    return true;
}

/** A byte of ESC [ ... : numbers and marks, then the last one, from @ on. */
static bool take_sequence(struct keys *keys, uint8_t byte, struct key *key)
{
    if (byte >= '0' && byte <= '9' && !keys->number_is_over && keys->number < NUMBER_MAX) {
        keys->number = keys->number * 10 + (byte - '0');
    }
    keys->number_is_over |= byte == ';';
    if (byte < '@') {
        return false;
    }
    *key = (struct key){.kind = byte == '~' ? kind_of_number(keys->number) : kind_of_final(byte)};
    *keys = (struct keys){.state = KEYS_PLAIN};
    return true;
}

/** A byte of a character. One that is not UTF-8 gives a key that nobody knows; a character that is
 * broken off by another one is nothing. */
static bool take_character(struct keys *keys, uint8_t byte, struct key *key)
{
    if (keys->utf8.missing == 0 || !utf8_continues(byte)) {
        keys->utf8.missing = 0;
        keys->character = (struct key){.kind = KEY_CHARACTER};
    }
    switch (utf8_take(&keys->utf8, byte)) {
    case UTF8_WRONG:
        *key = (struct key){.kind = KEY_OTHER};
        return true;
    case UTF8_WHOLE:
        keys->character.bytes[keys->character.length++] = (char)byte;
        *key = keys->character;
        return true;
    default:
        keys->character.bytes[keys->character.length++] = (char)byte;
        return false;
    }
}

/** A control character. It ends whatever has begun. */
static bool take_control(struct keys *keys, uint8_t byte, struct key *key)
{
    *keys = (struct keys){.state = byte == ESCAPE ? KEYS_ESCAPE : KEYS_PLAIN};
    *key = (struct key){kind_of_control(byte), {(char)byte}, 1};
    return byte != ESCAPE;
}

/**
 * Takes the next byte.
 *
 * @param keys  the bytes so far
 * @param byte  any
 * @param key   set when there is one
 * @return whether there is a key
 */
bool keys_take(struct keys *keys, uint8_t byte, struct key *key)
{
    if (byte < ' ' || byte == RUBOUT) {
        return take_control(keys, byte, key);
    }
    switch (keys->state) {
    case KEYS_ESCAPE:
        return take_escape(keys, byte, key);
    case KEYS_SEQUENCE:
        return take_sequence(keys, byte, key);
    case KEYS_SINGLE:
        *keys = (struct keys){.state = KEYS_PLAIN};
        *key = (struct key){.kind = kind_of_final(byte)};
        return true;
    default:
        return take_character(keys, byte, key);
    }
}
