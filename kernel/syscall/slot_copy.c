/**
 * @file
 * slot_copy: a copy with fewer rights.
 */
#include "syscall/call.h"

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
    struct slot *source = cap_find(from, SLOT_COPYABLE);
    struct slot *target = cap_find(to, SLOT_EMPTY);

    if (source == NULL || target == NULL) {
        return (struct call_result){ERROR_BAD_SLOT, 0};
    }
    return (struct call_result){cap_copy(target, source, rights, badge), 0};
}
