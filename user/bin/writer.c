/**
 * @file
 * Writes the two shared words, one and a while later the other, both with the same new number; the
 * argument says how often.
 */
#include "bin/readers_writers.h"

#include <stdbool.h>

#include "endpoint.h"
#include "print.h"
#include "program.h"
#include "rpc.h"
#include "task.h"

#define SERVER ((slot){4})

/** Adds one to both words. @return was anything refused? */
static bool write_once(void)
{
    struct call_result begun = rpc_word(SERVER, RW_BEGIN_WRITE, 0, 0);
    struct call_result old = rpc_word(SERVER, RW_LOAD, 0, 0);
    struct call_result first = rpc_word(SERVER, RW_STORE, 0, old.value + 1);
    struct call_result second;

    task_sleep(1);
    second = rpc_word(SERVER, RW_STORE, 1, old.value + 1);
    rpc_word(SERVER, RW_END, 0, 0);
    return (begun.error | old.error | first.error | second.error) != ERROR_NONE;
}

/** A writer. @return how often something was refused */
int64_t main(uint64_t argument)
{
    int64_t refused = 0;

    if (endpoint_lookup("readers_writers", SERVER) != ERROR_NONE) {
        return -1;
    }
    for (uint64_t i = 0; i < argument; i++) {
        refused += write_once() ? 1 : 0;
    }
    print("[writer] %lu times, %ld refused\n", argument, refused);
    return refused;
}
