/**
 * @file
 * One of a hundred: fills memory that all of them have at the same addresses, waits for the others,
 * and looks whether it is still as it was. An odd one then writes where only even ones have memory.
 */
#include "crowd.h"
#include "digest.h"
#include "guest_program.h"
#include "ipc.h"

static uint64_t words[CROWD_WORDS];

int64_t guest_main(uint64_t argument)
{
    static const slot crowd = {1};
    volatile uint64_t *only_even = (volatile uint64_t *)CROWD_ONLY_EVEN;
    struct message message = {.info = info_make(CROWD_READY, 1), .words = {argument}};
    uint64_t digest = 0;

    for (unsigned i = 0; i < CROWD_WORDS; i++) {
        words[i] = digest_add(argument, i);
    }
    if (argument % 2 == 0) {
        *only_even = argument;
    }
    if (ipc_call(crowd, &message, TIMEOUT_INFINITE) != ERROR_NONE) {
        return -2;
    }
    for (unsigned i = 0; i < CROWD_WORDS; i++) {
        digest = digest_add(digest, words[i]);
    }
    if (argument % 2 != 0) {
        *only_even = argument;
    }
    return (int64_t)digest_add(digest, *only_even);
}
