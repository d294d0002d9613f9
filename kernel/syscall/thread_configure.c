/**
 * @file
 * thread_configure: what a thread is made of.
 */
#include "object/object.h"
#include "syscall/call.h"

/**
 * Gives a thread its parts: it keeps copies of the capabilities. When one of them goes, the thread
 * stops, and can be given another.
 *
 * @param thread  address of its slot
 * @param cspace  address of the slot with its capability space; 0: none is given now
 * @param space   likewise its address space
 * @param buffer  likewise the frame of its IPC buffer: a page to read and write
 * @return ERROR_NONE; ERROR_BAD_SLOT; what thread_configure() refuses with
 */
struct call_result syscall_thread_configure(uint64_t thread, uint64_t cspace, uint64_t space,
                                            uint64_t buffer)
{
    struct slot *found = cap_find(thread, SLOT_THREAD);
    struct slot *slots = cap_find(cspace, SLOT_CNODE);
    struct slot *pages = cap_find(space, SLOT_SPACE);
    struct slot *frame = cap_find(buffer, SLOT_FRAME);

    if (found == NULL || (cspace != 0 && slots == NULL) || (space != 0 && pages == NULL) ||
        (buffer != 0 && frame == NULL)) {
        return (struct call_result){ERROR_BAD_SLOT, 0};
    }
    return (struct call_result){thread_configure(found->thread, slots, pages, frame), 0};
}
