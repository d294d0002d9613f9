/**
 * @file
 * Puts the numbers 1, 2, 3 ... into the bounded buffer; the argument says how many.
 */
#include "bin/buffer_server.h"

#include "endpoint.h"
#include "print.h"
#include "program.h"
#include "rpc.h"

#define BUFFER ((slot){4})

/** A producer. @return the sum of what the buffer took */
int64_t main(uint64_t argument)
{
    int64_t sum = 0;

    if (endpoint_lookup("bounded_buffer", BUFFER) != ERROR_NONE) {
        return -1;
    }
    for (uint64_t i = 1; i <= argument; i++) {
        struct call_result answer = rpc_word(BUFFER, BUFFER_PUT, i, 0);

        sum += answer.error == ERROR_NONE ? (int64_t)i : 0;
    }
    print("[producer] %lu numbers, sum %ld\n", argument, sum);
    return sum;
}
