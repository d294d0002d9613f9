/**
 * @file
 * untyped_retype: a new object.
 */
#include "object/object.h"
#include "syscall/call.h"

/**
 * Makes an object from untyped memory: the first capability to it, with all rights, is a child of
 * the untyped's. Its memory is all 0, unless it is untyped itself. Takes as many steps as it needs.
 *
 * Gives back, in the context: ERROR_NONE; ERROR_BAD_SLOT when `untyped` holds none or `to` is not
 * empty; ERROR_INVALID_ARGUMENT for the object; ERROR_NO_MEMORY when it does not fit in what is
 * left.
 *
 * @param untyped  address of its slot
 * @param object   OBJECT(kind, size)
 * @param to       address of an empty slot
 */
noreturn void syscall_untyped_retype(uint64_t untyped, uint64_t object, uint64_t to)
{
    struct slot *from = cap_find(untyped, SLOT_UNTYPED);
    struct slot *made = cap_find(to, SLOT_EMPTY);
    struct object_size size;
    uint64_t offset;
    enum error error = ERROR_BAD_SLOT;

    if (from != NULL && made != NULL) {
        error = untyped_check(from, object, &size, &offset);
    }
    if (error != ERROR_NONE) {
        steps_leave(error);
    }
    if ((object & 0xFF) != OBJECT_UNTYPED && !untyped_clear(from, offset + size.bytes)) {
        steps_restart(CALL_UNTYPED_RETYPE, untyped, to);
    }
    untyped_make(from, object, offset, offset + size.bytes, made);
    steps_leave(ERROR_NONE);
}
