/**
 * @file
 * Untyped memory: from it everything else is made.
 *
 * Objects are laid one behind the other, from the untyped's start on. They never move and never
 * overlap; what has been passed is used again only when nothing that was made from the untyped is
 * left. So who owns an untyped decides alone what becomes of it, and the kernel keeps no lists.
 *
 * New objects are all 0. So that no call takes long, memory is cleared a page at a time, and the
 * untyped remembers how far it is known to be 0 or in use (`pages`).
 */
#include "object/object.h"

#include "arch/paging.h"
#include "cap/cap.h"
#include "lib/string.h"

#define CLEAR_STEP 16u /* pages: 64 KB */

/** Offset of the first byte that is not in use. */
static uint64_t first_free(const struct slot *untyped)
{
    return untyped->child == NULL ? 0 : untyped->extra;
}

/** @return bytes behind the last object */
uint64_t untyped_free(const struct slot *untyped)
{
    return untyped->badge - first_free(untyped);
}

/**
 * Finds the place for an object: the first one behind all others (first_free()) that is aligned as
 * the object has to be. What counts is the address in memory, start and offset together.
 *
 * @param untyped  `start` is its address, `badge` its size in bytes
 * @param size     of the object, 1 byte or more
 * @param offset   set to where in the untyped the object will begin, in bytes; left alone if it is
 *                 refused
 * @return ERROR_NONE; ERROR_NO_MEMORY when it does not fit in
 */
enum error untyped_place(const struct slot *untyped, const struct object_size *size,
                         uint64_t *offset)
{
    uint64_t address = untyped->start + first_free(untyped);
    uint64_t aligned = (address + size->alignment - 1) & ~(size->alignment - 1);
    uint64_t begin = aligned - untyped->start;

    if (begin > untyped->badge || size->bytes > untyped->badge - begin) {
        return ERROR_NO_MEMORY;
    }
    *offset = begin;
    return ERROR_NONE;
}

/**
 * Checks whether an object can be made. If nothing that was made from the untyped is left, it
 * begins anew.
 *
 * @param untyped  where from
 * @param object   OBJECT(kind, size), any number
 * @param size     set to what it takes
 * @param offset   set to where in the untyped it will begin
 * @return ERROR_NONE; ERROR_INVALID_ARGUMENT when there are no such objects; ERROR_NO_MEMORY
 */
enum error untyped_check(struct slot *untyped, uint64_t object, struct object_size *size,
                         uint64_t *offset)
{
    if (!object_measure(object, size)) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (untyped->child == NULL && untyped->extra != 0) {
        untyped->extra = 0;
        untyped->pages = 0;
    }
    return untyped_place(untyped, size, offset);
}

/**
 * Clears memory for the next object, one bounded step of it.
 *
 * @param untyped  checked
 * @param end      offset of the byte behind it
 * @return whether all of it is 0
 */
bool untyped_clear(struct slot *untyped, uint64_t end)
{
    for (unsigned i = 0; untyped->pages * (uint64_t)PAGE_SIZE < end; i++) {
        if (i == CLEAR_STEP) {
            return false;
        }
        memset(paging_window(untyped->start + untyped->pages * (uint64_t)PAGE_SIZE), 0, PAGE_SIZE);
        untyped->pages++;
    }
    return true;
}

/**
 * Makes an object.
 *
 * @param untyped  its memory there has been cleared, unless the object is untyped
 * @param object   OBJECT(kind, size), measured
 * @param offset   from untyped_check()
 * @param end      offset of the byte behind it
 * @param to       empty; gets the object's first capability
 */
void untyped_make(struct slot *untyped, uint64_t object, uint64_t offset, uint64_t end,
                  struct slot *to)
{
    untyped->extra = end;
    if (untyped->pages * (uint64_t)PAGE_SIZE < end) {
        untyped->pages = (uint32_t)(end / PAGE_SIZE); /* untyped memory, which need not be 0 */
    }
    object_make(to, object, untyped->start + offset);
    tree_insert(to, untyped);
}
