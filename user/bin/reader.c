/**
 * @file
 * Reads the two shared words, one and a while later the other; the argument says how often. Writers
 * make them equal, so a reader that sees different ones has met a writer at work.
 */
#include "bin/readers_writers.h"

#include <stdbool.h>

#include "endpoint.h"
#include "print.h"
#include "program.h"
#include "rpc.h"
#include "task.h"

#define SERVER ((slot){4})

/** Reads once. @return were the words equal, and was nothing refused? */
static bool read_once(void)
{
    struct call_result begun = rpc_word(SERVER, RW_BEGIN_READ, 0, 0);
    struct call_result first = rpc_word(SERVER, RW_LOAD, 0, 0);
    struct call_result second;

    task_sleep(1);
    second = rpc_word(SERVER, RW_LOAD, 1, 0);
    rpc_word(SERVER, RW_END, 0, 0);
    return (begun.error | first.error | second.error) == ERROR_NONE && first.value == second.value;
}

/** A reader. @return how often something was wrong */
int64_t main(uint64_t argument)
{
    int64_t wrong = 0;

    if (endpoint_lookup("readers_writers", SERVER) != ERROR_NONE) {
        return -1;
    }
    for (uint64_t i = 0; i < argument; i++) {
        wrong += read_once() ? 0 : 1;
    }
    print("[reader] %lu times, %ld wrong\n", argument, wrong);
    return wrong;
}
