/**
 * @file
 * The key map: what a PC keyboard sends for its keys (scan code set 1, IBM PS/2 Hardware Interface
 * Technical Reference, "Keyboard and Auxiliary Device Controller") becomes the bytes that a VT100
 * sends. US layout.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KEYMAP_BYTES_MAX 6u /**< most bytes of a key */

/** Keys that stay as they are until they are pressed again. The numbers are those of their lights
 * (IBM PS/2 reference, command ED). */
enum keymap_lock { KEYMAP_NUM_LOCK = 2, KEYMAP_CAPS_LOCK = 4 };

/** Which keys are held down. */
enum keymap_held {
    KEYMAP_SHIFT_LEFT = 1,
    KEYMAP_SHIFT_RIGHT = 2,
    KEYMAP_CONTROL_LEFT = 4,
    KEYMAP_CONTROL_RIGHT = 8,
    KEYMAP_ALT_LEFT = 16,
    KEYMAP_ALT_RIGHT = 32
};

/** A keyboard. All 0: nothing is held, nothing locked. */
struct keymap {
    unsigned held;    /**< sum of enum keymap_held */
    unsigned locks;   /**< sum of enum keymap_lock */
    bool is_extended; /**< E0 has come */
    unsigned skipped; /**< codes that belong to the Pause key, which means nothing */
};

size_t keymap_take(struct keymap *keymap, uint8_t code, char bytes[KEYMAP_BYTES_MAX]);
