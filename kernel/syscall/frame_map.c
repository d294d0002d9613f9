/**
 * @file
 * frame_map: memory in an address space.
 */
#include "object/object.h"
#include "syscall/call.h"

/**
 * Maps a frame, all of its pages. A capability can be mapped in one place at a time: for another
 * one a copy is needed.
 *
 * @param frame    address of its slot
 * @param space    address of the slot with the address space
 * @param address  of the first page
 * @param rights   see enum memory_rights
 * @return ERROR_NONE; ERROR_BAD_SLOT; what frame_map() refuses with
 */
struct call_result syscall_frame_map(uint64_t frame, uint64_t space, uint64_t address,
                                     uint64_t rights)
{
    struct slot *what = cap_find(frame, SLOT_FRAME);
    struct slot *where = cap_find(space, SLOT_SPACE);

    if (what == NULL || where == NULL) {
        return (struct call_result){ERROR_BAD_SLOT, 0};
    }
    return (struct call_result){frame_map(what, where->space, address, rights), 0};
}
