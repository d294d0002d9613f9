/**
 * @file
 * Characters that come byte by byte, in UTF-8 (RFC 3629).
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define UTF8_BYTES_MAX 4u /**< of a character */

/** What a byte has led to. */
enum utf8_state {
    UTF8_MORE,  /**< the character goes on */
    UTF8_WHOLE, /**< it is there: `code` */
    UTF8_WRONG, /**< this byte cannot stand here; what has come of the character is forgotten */
};

/** A character that is being read. All 0: none. */
struct utf8 {
    uint32_t code;    /**< as far as it is known */
    uint32_t least;   /**< a smaller code would have fitted into fewer bytes */
    unsigned missing; /**< bytes that are still to come */
};

/** @return whether a byte continues a character */
static inline bool utf8_continues(uint8_t byte)
{
    return (byte & 0xC0) == 0x80;
}

enum utf8_state utf8_take(struct utf8 *utf8, uint8_t byte);
