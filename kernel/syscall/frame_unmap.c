/**
 * @file
 * frame_unmap: the end of a mapping.
 */
#include "object/object.h"
#include "syscall/call.h"

/**
 * Unmaps a frame; one that is mapped nowhere stays so.
 *
 * @param frame  address of its slot
 * @return ERROR_NONE; ERROR_BAD_SLOT
 */
struct call_result syscall_frame_unmap(uint64_t frame)
{
    struct slot *what = cap_find(frame, SLOT_FRAME);

    if (what == NULL) {
        return (struct call_result){ERROR_BAD_SLOT, 0};
    }
    frame_unmap(what);
    return (struct call_result){ERROR_NONE, 0};
}
