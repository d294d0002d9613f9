/**
 * @file
 * endpoint_create: a new endpoint.
 */
#include "abi/call.h"
#include "ipc/objects.h"
#include "ipc/slots.h"
#include "task/sched.h"

/**
 * Makes an endpoint, with all rights and no badge. It lives until no slot names it.
 *
 * @param to  an empty slot
 * @return ERROR_NONE; ERROR_NO_MEMORY when there are too many; ERROR_BAD_SLOT
 */
struct call_result syscall_endpoint_create(uint64_t to)
{
    struct slot content = {.allows = SLOT_ENDPOINT, .endpoint = object_claim_endpoint()};
    enum error error = ERROR_NO_MEMORY;

    if (content.endpoint != NULL) {
        error = slots_put(sched.current, to, content);
    }
    return (struct call_result){error, 0};
}
