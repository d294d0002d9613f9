/**
 * @file
 * Characters that come byte by byte.
 */
#include "console/utf8.h"

#define CODE_END 0x110000u /* codes are smaller */
#define SURROGATES 0xD800u /* no characters, up to SURROGATES_END */
#define SURROGATES_END 0xE000u

/** Begins a character of several bytes. */
static enum utf8_state begin(struct utf8 *utf8, uint8_t byte)
{
    if (byte >= 0xC2 && byte < 0xE0) {
        *utf8 = (struct utf8){byte & 0x1Fu, 0x80, 1};
    } else if (byte >= 0xE0 && byte < 0xF0) {
        *utf8 = (struct utf8){byte & 0x0Fu, 0x800, 2};
    } else if (byte >= 0xF0 && byte < 0xF5) {
        *utf8 = (struct utf8){byte & 0x07u, 0x10000, 3};
    } else {
        return UTF8_WRONG;
    }
    return UTF8_MORE;
}

static bool is_character(const struct utf8 *utf8)
{
    return utf8->code >= utf8->least && utf8->code < CODE_END &&
           (utf8->code < SURROGATES || utf8->code >= SURROGATES_END);
}

/**
 * Takes the next byte. One that cannot stand where it does may begin another character: whoever
 * wants that takes it again.
 *
 * @param utf8  the character so far; `code` is set when it is whole
 * @param byte  any
 * @return what it has led to
 */
enum utf8_state utf8_take(struct utf8 *utf8, uint8_t byte)
{
    if (utf8->missing > 0) {
        if (!utf8_continues(byte)) {
            utf8->missing = 0;
            return UTF8_WRONG;
        }
        utf8->code = utf8->code << 6 | (byte & 0x3Fu);
        if (--utf8->missing > 0) {
            return UTF8_MORE;
        }
        return is_character(utf8) ? UTF8_WHOLE : UTF8_WRONG;
    }
    if (byte >= 0x80) {
        return begin(utf8, byte);
    }
    utf8->code = byte;
    return UTF8_WHOLE;
}
