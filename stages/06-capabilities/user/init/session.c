/**
 * @file
 * Programs in files: there are none.
 */
#include "session_parts.h"

#include "server.h"

/** @return 0: nobody leaves anything to others */
unsigned session_reserve(uint64_t id)
{
    (void)id;
    return 0;
}

/** @return true: nobody has powers */
bool session_may_start(const struct process *process, const char *name)
{
    (void)process;
    (void)name;
    return true;
}

/** @return true: there are no other requests than those of proto.h */
bool session_handle(struct process *process, struct message *message)
{
    (void)process;
    return server_result(message, ERROR_INVALID_ARGUMENT);
}

/** A process ends: there is nothing to give back. */
void session_forget(struct process *process)
{
    (void)process;
}

/** @return false: nobody waits for it but with INIT_JOIN */
bool session_answer(const struct process *process)
{
    (void)process;
    return false;
}
