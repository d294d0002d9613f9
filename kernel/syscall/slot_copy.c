/**
 * @file
 * slot_copy: a copy with fewer rights.
 */
#include "abi/call.h"
#include "cap/derive.h"
#include "task/sched.h"

/**
 * Copies a capability, maybe with fewer rights, maybe with a badge, or of a part only. The copy is
 * a child of `from`.
 *
 * @param to      address of an empty slot
 * @param from    address of a slot with anything but untyped memory or a caller
 * @param rights  the copy has those of `from` that are among these (RIGHT_SEND and so on)
 * @param badge   see cap_mint(); 0: nothing of that
 * @return ERROR_NONE; ERROR_BAD_SLOT; what cap_mint() refuses with
 */
struct call_result syscall_slot_copy(uint64_t to, uint64_t from, uint64_t rights, uint64_t badge)
{
    struct slot *source, *target;
    struct slot content;
    enum error error = cap_find(sched.current, from, SLOT_COPYABLE, &source);

    if (error == ERROR_NONE) {
        error = cap_find_empty(sched.current, to, &target);
    }
    if (error == ERROR_NONE) {
        content = *source;
        error = cap_mint(&content, rights, badge);
    }
    if (error == ERROR_NONE) {
        cap_derive(target, content, source);
    }
    return (struct call_result){error, 0};
}
