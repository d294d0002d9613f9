/**
 * @file
 * The calls that may take many steps. The kernel leaves them as it does those for messages, with
 * other registers than plain calls; so their functions are not made from the list of calls.
 */
#include "capability.h"

/**
 * Empties a slot. What was derived from it hangs on to what it was derived from; what no slot names
 * any more is gone.
 *
 * @param slot  any
 * @return ERROR_NONE; ERROR_BAD_SLOT when it is empty
 */
enum error slot_delete(slot slot)
{
    return (enum error)call_kernel(CALL_SLOT_DELETE, slot.number, 0, 0).error;
}

/**
 * Empties all slots that were derived from one, wherever they are: copies, and objects that were
 * made from it.
 *
 * @param slot  stays
 * @return ERROR_NONE; ERROR_BAD_SLOT when it is empty
 */
enum error slot_revoke(slot slot)
{
    return (enum error)call_kernel(CALL_SLOT_REVOKE, slot.number, 0, 0).error;
}

/**
 * Makes an object of untyped memory.
 *
 * @param untyped  the memory
 * @param object   OBJECT(kind, size)
 * @param to       an empty slot; gets the object with all rights
 * @return as object_create()
 */
enum error untyped_retype(slot untyped, uint64_t object, slot to)
{
    return (enum error)call_kernel(CALL_UNTYPED_RETYPE, untyped.number, object, to.number).error;
}
