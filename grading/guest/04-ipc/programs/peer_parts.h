/**
 * @file
 * The parts that peers play: the low byte of their argument; above it, a number.
 */
#pragma once

#include <stdint.h>

#include "abi/message.h"

#define PEER_PART_MASK 0xFFu
#define PEER_NUMBER_SHIFT 8u

enum peer_part {
    PEER_CALL,   /**< number: timeout, 0: infinite */
    PEER_SEND,   /**< number: not used */
    PEER_HOLD,   /**< number: milliseconds until the answer */
    PEER_DIE,    /**< number: milliseconds until it receives */
    PEER_SIGNAL, /**< number: milliseconds until the signal */
    PEER_GIVE,   /**< number: not used */
    PEER_LONG,   /**< number: of messages */
};

/** A long message's length: at most a page, and often a whole one. */
static inline uint64_t peer_long_length(uint64_t random)
{
    return random % 4 == 0 ? MESSAGE_WORDS_MAX : random % (MESSAGE_WORDS_MAX + 1);
}
