/**
 * @file
 * The key map, US layout.
 */
#include "console/keymap.h"

#include "string.h"

#define RELEASED 0x80u /* in a code: the key goes up */
#define EXTENDED 0xE0u /* the next code is of another key */
#define PAUSE 0xE1u    /* two codes follow, which are those of other keys */
#define PAUSE_CODES 2u

#define CODE_ENTER 0x1Cu
#define CODE_CONTROL 0x1Du
#define CODE_SHIFT_LEFT 0x2Au
#define CODE_SLASH 0x35u
#define CODE_SHIFT_RIGHT 0x36u
#define CODE_ALT 0x38u
#define CODE_CAPS_LOCK 0x3Au
#define CODE_F1 0x3Bu
#define CODE_NUM_LOCK 0x45u
#define CODE_PAD 0x47u   /* the number pad, from its 7 on */
#define CODE_EXTRA 0x56u /* between left shift and Z, on keyboards that have it */

/* What keys stand for by their codes, from 1 on; blanks for keys that are treated elsewhere. */
static const char plain[] = "\0331234567890-=\177\tqwertyuiop[]\r asdfghjkl;'` \\zxcvbnm,./ *  ";
static const char shifted[] = "\033!@#$%^&*()_+\177\tQWERTYUIOP{}\r ASDFGHJKL:\"~ |ZXCVBNM<>? *  ";

/* The number pad: what it stands for with its lock, and without; the latter behind E0, too. */
static const char pad_digits[] = "789-456+1230.";
static const char *const pad_keys[] = {"\033[H",  "\033[A",  "\033[5~", "-",      "\033[D",
                                       "",        "\033[C",  "+",       "\033[F", "\033[B",
                                       "\033[6~", "\033[2~", "\033[3~"};

/* F1 to F10. */
static const char *const function_keys[] = {"\033OP",   "\033OQ",   "\033OR",   "\033OS",
                                            "\033[15~", "\033[17~", "\033[18~", "\033[19~",
                                            "\033[20~", "\033[21~"};

#define PAD_KEYS (sizeof(pad_keys) / sizeof(pad_keys[0]))
#define FUNCTION_KEYS (sizeof(function_keys) / sizeof(function_keys[0]))

_Static_assert(sizeof(plain) == CODE_CAPS_LOCK, "the tables end before Caps Lock");
_Static_assert(sizeof(shifted) == sizeof(plain), "both tables have the same keys");
_Static_assert(sizeof(pad_digits) - 1 == PAD_KEYS, "both tables have the same keys");

/** @return the bit of a key that is held with others; 0: it is none. Behind E0 come shifts that
 * nobody has pressed, for the sake of old programs */
static unsigned held_by(uint8_t code, bool is_extended)
{
    switch (code) {
    case CODE_CONTROL:
        return is_extended ? KEYMAP_CONTROL_RIGHT : KEYMAP_CONTROL_LEFT;
    case CODE_ALT:
        return is_extended ? KEYMAP_ALT_RIGHT : KEYMAP_ALT_LEFT;
    case CODE_SHIFT_LEFT:
        return is_extended ? 0 : KEYMAP_SHIFT_LEFT;
    case CODE_SHIFT_RIGHT:
        return is_extended ? 0 : KEYMAP_SHIFT_RIGHT;
    default:
        return 0;
    }
}

static unsigned lock_by(uint8_t code, bool is_extended)
{
    if (code == CODE_CAPS_LOCK && !is_extended) {
        return KEYMAP_CAPS_LOCK;
    }
    return code == CODE_NUM_LOCK && !is_extended ? KEYMAP_NUM_LOCK : 0;
}

static bool is_letter(char character)
{
    character |= 'a' ^ 'A';
    return character >= 'a' && character <= 'z';
}

static bool holds(const struct keymap *keymap, unsigned keys)
{
    return (keymap->held & keys) != 0;
}

/** @return what a character becomes with the control key: ASCII's control characters stand 64 below
 * the letters and marks from @ to _ */
static char with_control(char character)
{
    if (is_letter(character) || (character >= '[' && character <= '_') || character == '@') {
        return character & 0x1F;
    }
    return character == ' ' ? '\0' : character;
}

/** Gives a key that stands for one character. @return how many bytes */
static size_t give_character(const struct keymap *keymap, uint8_t code, char *bytes)
{
    bool is_shifted = holds(keymap, KEYMAP_SHIFT_LEFT | KEYMAP_SHIFT_RIGHT);
    char character = code == CODE_EXTRA ? '\\' : plain[code - 1];
    size_t count = 0;

    if (is_letter(character) && (keymap->locks & KEYMAP_CAPS_LOCK) != 0) {
        is_shifted = !is_shifted;
    }
    if (is_shifted) {
        character = code == CODE_EXTRA ? '|' : shifted[code - 1];
    }
    if (holds(keymap, KEYMAP_CONTROL_LEFT | KEYMAP_CONTROL_RIGHT)) {
        character = with_control(character);
    }
    if (holds(keymap, KEYMAP_ALT_LEFT | KEYMAP_ALT_RIGHT)) {
        bytes[count++] = '\033';
    }
    bytes[count++] = character;
    return count;
}

static size_t give_text(const char *text, char *bytes)
{
    size_t length = strlen(text);

    memcpy(bytes, text, length);
    return length;
}

/** Gives a key behind E0, or of the number pad. */
static size_t give_pad(const struct keymap *keymap, uint8_t code, bool is_extended, char *bytes)
{
    unsigned key = code - CODE_PAD;

    if (key >= PAD_KEYS) {
        return 0;
    }
    if (!is_extended && (keymap->locks & KEYMAP_NUM_LOCK) != 0) {
        bytes[0] = pad_digits[key];
        return 1;
    }
    return give_text(pad_keys[key], bytes);
}

/** Gives a key that has been pressed, and is neither held with others nor locks. */
static size_t give(const struct keymap *keymap, uint8_t code, bool is_extended, char *bytes)
{
    bool is_plain = code - 1u < sizeof(plain) - 1 || code == CODE_EXTRA;

    if (is_plain && (!is_extended || code == CODE_ENTER || code == CODE_SLASH)) {
        return give_character(keymap, code, bytes);
    }
    if (!is_extended && code - CODE_F1 < FUNCTION_KEYS) {
        return give_text(function_keys[code - CODE_F1], bytes);
    }
    return give_pad(keymap, code, is_extended, bytes);
}

/**
 * Takes the next code.
 *
 * @param keymap  the keyboard
 * @param code    any; what is none means nothing
 * @param bytes   set to what the key stands for
 * @return how many bytes: 0 to KEYMAP_BYTES_MAX
 */
size_t keymap_take(struct keymap *keymap, uint8_t code, char bytes[KEYMAP_BYTES_MAX])
{
    bool is_extended = keymap->is_extended, is_released = (code & RELEASED) != 0;
    uint8_t key = code & (uint8_t)~RELEASED;
    unsigned held = held_by(key, is_extended);

    keymap->is_extended = code == EXTENDED;
    if (keymap->skipped > 0) {
        keymap->skipped--;
        return 0;
    }
    if (code == PAUSE) {
        keymap->skipped = PAUSE_CODES;
    }
    if (code == EXTENDED || code == PAUSE) {
        return 0;
    }
    keymap->held = is_released ? keymap->held & ~held : keymap->held | held;
    if (is_released || held != 0) {
        return 0;
    }
    keymap->locks ^= lock_by(key, is_extended);
    return lock_by(key, is_extended) != 0 ? 0 : give(keymap, key, is_extended, bytes);
}
