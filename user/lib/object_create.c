/**
 * @file
 * Making objects of the program's own memory.
 */
#include "capability.h"

/**
 * Makes an object. The memory that it takes is the program's again when all objects that were made
 * of it are gone.
 *
 * @param kind  which
 * @param size  as with OBJECT() in abi/capability.h
 * @param into  an empty slot; gets the object with all rights
 * @return ERROR_NONE; ERROR_NO_MEMORY when the program's memory is used up; ERROR_BAD_SLOT when
 *         the slot is not empty, or the program has no memory; ERROR_INVALID_ARGUMENT
 */
enum error object_create(enum object_kind kind, uint64_t size, slot into)
{
    return untyped_retype((slot){SLOT_OWN_MEMORY}, OBJECT(kind, size), into);
}
