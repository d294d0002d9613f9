/**
 * @file
 * One of many tasks that run this program at the same time. Each keeps its argument in a variable,
 * which has the same address in all, and waits until it is called.
 */
#include "ipc.h"
#include "program.h"

/** What the starter has given: an endpoint that all members receive from. */
#define CALLS SLOT_NAMES

static uint64_t number;

/** A member. @return how much was wrong: 0 */
int64_t main(uint64_t argument)
{
    struct message message;
    enum error error;

    number = argument;
    error = ipc_recv(CALLS, &message, TIMEOUT_INFINITE);
    return (error != ERROR_NONE) + (number != argument);
}
