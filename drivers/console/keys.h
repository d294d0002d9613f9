/**
 * @file
 * Keys, as the line editor knows them, from the bytes that terminals send for them: control
 * characters, characters in UTF-8, and the escape sequences of the VT100 and its successors
 * (ECMA-48 5.4; xterm's control sequences, "PC-Style Function Keys").
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "console/utf8.h"

/** What a key is for. */
enum key_kind {
    KEY_OTHER, /**< nothing that the editor knows */
    KEY_CHARACTER,
    KEY_ENTER,
    KEY_END_OF_FILE, /**< Ctrl-D */
    KEY_LEFT,
    KEY_RIGHT,
    KEY_UP,
    KEY_DOWN,
    KEY_HOME,
    KEY_END,
    KEY_BACKSPACE,
    KEY_DELETE,
    KEY_CUT_RIGHT, /**< Ctrl-K: what stands behind the cursor */
    KEY_CUT_LEFT,  /**< Ctrl-U: what stands before it */
    KEY_CUT_WORD,  /**< Ctrl-W: the word before it */
};

/** A key. The bytes are those of a character. */
struct key {
    enum key_kind kind;
    char bytes[UTF8_BYTES_MAX];
    size_t length;
};

/** Where in a sequence the bytes are. */
enum keys_state {
    KEYS_PLAIN,
    KEYS_ESCAPE,   /**< behind ESC */
    KEYS_SEQUENCE, /**< behind ESC [ */
    KEYS_SINGLE,   /**< behind ESC O */
};

/** The bytes that have come of a key. All 0: none. */
struct keys {
    enum keys_state state;
    unsigned number;      /**< the first one of a sequence */
    bool number_is_over;  /**< digits that come now are of another one */
    struct utf8 utf8;     /**< a character that is not whole */
    struct key character; /**< its bytes */
};

bool keys_take(struct keys *keys, uint8_t byte, struct key *key);
