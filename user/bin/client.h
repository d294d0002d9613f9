/**
 * @file
 * What the echo server's client is told.
 */
#pragma once

#include <stdint.h>

/**
 * @param exchanges  how many
 * @param words      length of each message, 1 to MESSAGE_WORDS_MAX
 * @return the client's argument
 */
static inline uint64_t client_argument(uint32_t exchanges, uint32_t words)
{
    return (uint64_t)exchanges << 32 | words;
}
