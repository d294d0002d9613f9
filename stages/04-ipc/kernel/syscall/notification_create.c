/**
 * @file
 * notification_create: a new notification.
 */
#include "abi/call.h"
#include "ipc/objects.h"
#include "ipc/slots.h"
#include "task/sched.h"

/**
 * Makes a notification, with all rights and no badge. It lives until no slot names it.
 *
 * @param to  an empty slot
 * @return ERROR_NONE; ERROR_NO_MEMORY when there are too many; ERROR_BAD_SLOT
 */
struct call_result syscall_notification_create(uint64_t to)
{
    struct slot content = {.allows = SLOT_NOTIFICATION,
                           .notification = object_claim_notification()};
    enum error error = ERROR_NO_MEMORY;

    if (content.notification != NULL) {
        error = slots_put(sched.current, to, content);
    }
    return (struct call_result){error, 0};
}
