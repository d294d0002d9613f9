/**
 * @file
 * One of two tasks that share memory: the writer fills it each time that it is told to, the reader
 * looks at it. The misuser reads it, too, and then writes to what it may only read.
 */
#include "sharing.h"

#include "digest.h"
#include "guest_program.h"
#include "ipc.h"

static uint64_t write_all(volatile uint64_t *words)
{
    for (unsigned i = 0; i < SHARING_WORDS; i++) {
        words[i] = guest_random();
    }
    return 0;
}

static uint64_t read_all(const volatile uint64_t *words)
{
    uint64_t digest = 0;

    for (unsigned i = 0; i < SHARING_WORDS; i++) {
        digest = digest_add(digest, words[i]);
    }
    return digest;
}

int64_t guest_main(uint64_t argument)
{
    static const slot director = {1};
    struct message message = {.info = info_make(0, 1)};

    while (ipc_call(director, &message, TIMEOUT_INFINITE) == ERROR_NONE &&
           info_label(message.info) != 0) {
        if (argument == SHARING_WRITER) {
            message.words[0] = write_all((volatile uint64_t *)SHARING_WRITER_AT);
        } else {
            message.words[0] = read_all((const volatile uint64_t *)SHARING_READER_AT);
        }
    }
    if (argument == SHARING_MISUSER) {
        *(volatile uint64_t *)SHARING_READER_AT = 1;
    }
    return 0;
}
