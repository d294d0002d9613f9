/**
 * @file
 * frame_unmap: the end of a mapping.
 */
#include "abi/call.h"
#include "cap/derive.h"
#include "object/frame.h"
#include "task/sched.h"

/**
 * Unmaps a frame; one that is mapped nowhere stays so.
 *
 * @param frame  address of its slot
 * @return ERROR_NONE; ERROR_BAD_SLOT
 */
struct call_result syscall_frame_unmap(uint64_t frame)
{
    struct slot *what;
    enum error error = cap_find(sched.current, frame, SLOT_FRAME, &what);

    if (error == ERROR_NONE) {
        frame_unmap(what);
    }
    return (struct call_result){error, 0};
}
