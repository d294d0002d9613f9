/**
 * @file
 * A pager that receives one fault, and ends.
 */
#include "guest_program.h"
#include "ipc.h"

int64_t guest_main(uint64_t argument)
{
    static const slot orphans = {1};
    struct message message;

    (void)argument;
    return ipc_recv(orphans, &message, TIMEOUT_INFINITE);
}
