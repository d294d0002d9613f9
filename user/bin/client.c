/**
 * @file
 * The echo server's client: sends messages and looks whether the same words come back. Each word is
 * different from all others of this client and of others beside it.
 */
#include "bin/client.h"

#include <stdbool.h>

#include "buffer.h"
#include "endpoint.h"
#include "ipc.h"
#include "print.h"
#include "program.h"
#include "task.h"

#define SERVER ((slot){4})

/** Where word `index` of a message stands before it goes and after it has come. */
static uint64_t *word_at(struct message *message, uint64_t index)
{
    return index < MESSAGE_REGISTER_WORDS ? &message->words[index] : &ipc_buffer->words[index];
}

/** Sends a message of `words` numbers from `first` on. @return did they come back? */
static bool exchange(uint64_t first, uint64_t words)
{
    struct message message = {.info = info_make(0, words)};

    for (uint64_t i = 0; i < words; i++) {
        *word_at(&message, i) = first + i;
    }
    if (ipc_call(SERVER, &message, TIMEOUT_INFINITE) != ERROR_NONE ||
        info_length(message.info) != words) {
        return false;
    }
    for (uint64_t i = 0; i < words; i++) {
        if (*word_at(&message, i) != first + i) {
            return false;
        }
    }
    return true;
}

/** A client. @param argument from client_argument() @return how many answers were wrong */
int64_t main(uint64_t argument)
{
    uint64_t exchanges = argument >> 32;
    uint64_t words = (uint32_t)argument;
    uint64_t task = task_self().value;
    enum error error = endpoint_lookup("echo_server", SERVER);
    int64_t wrong = 0;

    if (error != ERROR_NONE) {
        print("[client %lu] no echo server: %s\n", task, error_name(error));
        return (int64_t)exchanges;
    }
    for (uint64_t i = 0; i < exchanges; i++) {
        wrong += exchange(task << 32 | i * words, words) ? 0 : 1;
    }
    print("[client %lu] %lu exchanges of %lu bytes, %ld wrong\n", task, exchanges, 8 * words,
          wrong);
    return wrong;
}
