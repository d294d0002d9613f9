/**
 * @file
 * The scribbler: writes into the victim's memory. Where all programs share an address space nobody
 * hinders it; where each has its own, its first write is its end.
 */
#include "bin/victim.h"

#include "endpoint.h"
#include "print.h"
#include "program.h"
#include "rpc.h"
#include "string.h"

#define VICTIM ((slot){4})

/** Scribbles. @return 0 when it could */
int64_t main(uint64_t argument)
{
    struct call_result where;

    (void)argument;
    if (endpoint_lookup("victim", VICTIM) != ERROR_NONE) {
        return 1;
    }
    where = rpc_word(VICTIM, VICTIM_WHERE, 0, 0);
    if (where.error != ERROR_NONE) {
        return 1;
    }
    print("[scribbler] writes to %p, where the victim has its text\n", (void *)where.value);
    memcpy((void *)where.value, "scribble!", 9);
    print("[scribbler] nobody has hindered me\n");
    return 0;
}
