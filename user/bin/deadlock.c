/**
 * @file
 * One of two tasks that call each other: neither receives, so both would wait for ever. They have
 * the arguments 0 and 1. Task 0 has a timeout: its call is cut, it receives, and so both go on.
 */
#include "endpoint.h"
#include "ipc.h"
#include "print.h"
#include "program.h"
#include "server.h"

#define MINE ((slot){4}) /* and the slot behind it, for server_open() */
#define OTHER ((slot){6})
#define PATIENCE 100ul /* milliseconds */

static const char *const names[2] = {"deadlock_0", "deadlock_1"};

/** Receives the call of the other one and answers it. */
static enum error answer_other(void)
{
    struct message message;
    enum error error = ipc_recv(MINE, &message, TIMEOUT_INFINITE);

    return error != ERROR_NONE ? error : ipc_reply(SLOT_REPLY, &message);
}

/** One of the two. @return the error that it ended with */
int64_t main(uint64_t argument)
{
    uint64_t me = argument & 1;
    struct message message = {.info = info_make(0, 1)};
    enum error error = server_open(names[me], MINE);

    if (error == ERROR_NONE) {
        error = endpoint_lookup(names[1 - me], OTHER);
    }
    if (error != ERROR_NONE) {
        return error;
    }
    print("[deadlock %lu] calls the other\n", me);
    error = ipc_call(OTHER, &message, me == 0 ? PATIENCE : TIMEOUT_INFINITE);
    print("[deadlock %lu] its call ended: %s\n", me, error_name(error));
    return error == ERROR_TIMEOUT ? answer_other() : error;
}
