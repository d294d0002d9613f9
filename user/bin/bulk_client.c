/**
 * @file
 * Has a server add up a megabyte, in two ways: as memory that both have, and piece by piece in
 * messages. What each takes is printed in ticks of the time-stamp counter.
 */
#include "bin/bulk.h"

#include <stdbool.h>

#include "endpoint.h"
#include "print.h"
#include "program.h"
#include "rpc.h"
#include "string.h"
#include "time_stamp.h"

#define SERVER ((slot){4})

static uint64_t *const words = (uint64_t *)BULK_ADDRESS;

/** Makes the memory that both have, with numbers in it. */
static enum error prepare(void)
{
    enum error error =
        memory_attach(BULK_REGION, BULK_ADDRESS, BULK_PAGES, MEMORY_READ | MEMORY_WRITE);

    if (error == ERROR_NONE) {
        error = (enum error)rpc_word(SERVER, BULK_ATTACH, 0, 0).error;
    }
    for (uint64_t i = 0; error == ERROR_NONE && i < BULK_WORDS; i++) {
        words[i] = i * i;
    }
    return error;
}

static uint64_t sum_by_mapping(void)
{
    return rpc_word(SERVER, BULK_MAPPED, 0, 0).value;
}

/** Sends a piece. @return its sum */
static uint64_t send(const uint64_t *piece, uint64_t count)
{
    struct message message = {.info = info_make(BULK_SENT, BULK_FIRST_WORD + count),
                              .words = {count}};

    memcpy(&ipc_buffer->words[BULK_FIRST_WORD], piece, count * sizeof(*piece));
    return ipc_call(SERVER, &message, TIMEOUT_INFINITE) == ERROR_NONE ? message.words[0] : 0;
}

static uint64_t sum_by_messages(void)
{
    uint64_t sum = 0;

    for (uint64_t i = 0; i < BULK_WORDS; i += BULK_WORDS_MAX) {
        uint64_t left = BULK_WORDS - i;

        sum += send(&words[i], left < BULK_WORDS_MAX ? left : BULK_WORDS_MAX);
    }
    return sum;
}

/** Measures one way. @return whether the sum was right */
static bool measure(const char *how, uint64_t (*way)(void), uint64_t expected)
{
    uint64_t begin = time_stamp();
    uint64_t sum = way();
    uint64_t ticks = time_stamp() - begin;

    print("[bulk] %u KB %s: %lu ticks, the sum is %s\n", BULK_PAGES * PAGE_SIZE / 1024, how, ticks,
          sum == expected ? "right" : "wrong");
    return sum == expected;
}

/** The client. @return how many sums were wrong; -1 when there is no server or no memory */
int64_t main(uint64_t argument)
{
    enum error error = endpoint_lookup("bulk_server", SERVER);
    uint64_t begin = time_stamp();
    uint64_t expected;

    (void)argument;
    if (error == ERROR_NONE) {
        error = prepare();
    }
    if (error != ERROR_NONE) {
        print("[bulk] %s\n", error_name(error));
        return -1;
    }
    print("[bulk] mapping and filling it: %lu ticks\n", time_stamp() - begin);
    expected = bulk_sum(words, BULK_WORDS);
    return !measure("by mapping", sum_by_mapping, expected) +
           !measure("in messages", sum_by_messages, expected);
}
