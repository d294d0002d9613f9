/**
 * @file
 * Much data for a server that adds it up: in memory that both have, or in messages. The server's
 * name is "bulk_server".
 *
 *     BULK_ATTACH   the server attaches the region BULK_REGION, too
 *     BULK_MAPPED   answer: word 0 is the sum of all words in the region
 *     BULK_SENT     request: word 0 is how many words the IPC buffer has, from BULK_FIRST_WORD on;
 *                   answer: word 0 is their sum
 *
 * The label of an answer is an enum error.
 */
#pragma once

#include "buffer.h"
#include "memory.h"

/** Requests. */
enum bulk_label { BULK_ATTACH = 1, BULK_MAPPED, BULK_SENT };

#define BULK_REGION "bulk"
#define BULK_ADDRESS 0x20000000ul /**< where both map it */
#define BULK_PAGES 256u           /**< 1 MB */
#define BULK_WORDS (BULK_PAGES * PAGE_SIZE / sizeof(uint64_t))

#define BULK_FIRST_WORD ((uint64_t)MESSAGE_REGISTER_WORDS)
#define BULK_WORDS_MAX (MESSAGE_WORDS_MAX - BULK_FIRST_WORD) /**< in one message */

static inline uint64_t bulk_sum(const uint64_t *words, uint64_t count)
{
    uint64_t sum = 0;

    for (uint64_t i = 0; i < count; i++) {
        sum += words[i];
    }
    return sum;
}
