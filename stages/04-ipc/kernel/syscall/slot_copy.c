/**
 * @file
 * slot_copy: a copy with fewer rights.
 */
#include "abi/call.h"
#include "ipc/slots.h"
#include "task/sched.h"

/**
 * Copies a slot within the calling task, maybe with fewer rights, maybe with a badge.
 *
 * @param to      an empty slot
 * @param from    an endpoint or a notification
 * @param rights  the copy has those of `from` that are among these (RIGHT_SEND and so on)
 * @param badge   the copy's; 0: that of `from`. A badge cannot be changed
 * @return ERROR_NONE; ERROR_BAD_SLOT; ERROR_NO_RIGHT when the copy would have no right at all;
 *         ERROR_INVALID_ARGUMENT for another badge than the one that `from` has
 */
struct call_result syscall_slot_copy(uint64_t to, uint64_t from, uint64_t rights, uint64_t badge)
{
    enum error error = slots_can_copy(sched.current, from);
    struct slot content;

    if (error == ERROR_NONE) {
        content = sched.current->slots[from];
        error = slots_narrow(&content, rights, badge);
    }
    if (error == ERROR_NONE) {
        error = slots_put(sched.current, to, content);
    }
    return (struct call_result){error, 0};
}
