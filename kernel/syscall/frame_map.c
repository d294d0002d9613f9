/**
 * @file
 * frame_map: memory in an address space.
 */
#include "abi/call.h"
#include "cap/derive.h"
#include "object/frame.h"
#include "task/sched.h"

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
    struct slot *what, *where;
    enum error error = cap_find(sched.current, frame, SLOT_FRAME, &what);

    if (error == ERROR_NONE) {
        error = cap_find(sched.current, space, SLOT_SPACE, &where);
    }
    if (error == ERROR_NONE) {
        error = frame_map(what, where->space, address, rights);
    }
    return (struct call_result){error, 0};
}
