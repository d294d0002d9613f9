/**
 * @file
 * thread_configure: what a thread is made of.
 */
#include "abi/call.h"
#include "cap/derive.h"
#include "object/thread.h"
#include "task/sched.h"

/** Finds a part, if one is given. */
static enum error find_part(uint64_t address, uint64_t allows, struct slot **part)
{
    *part = NULL;
    return address == 0 ? ERROR_NONE : cap_find(sched.current, address, allows, part);
}

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
    struct thread_parts parts = {NULL, NULL, NULL};
    struct slot *found;
    enum error error = cap_find(sched.current, thread, SLOT_THREAD, &found);

    if (error == ERROR_NONE) {
        error = find_part(cspace, SLOT_CNODE, &parts.cspace);
    }
    if (error == ERROR_NONE) {
        error = find_part(space, SLOT_SPACE, &parts.space);
    }
    if (error == ERROR_NONE) {
        error = find_part(buffer, SLOT_FRAME, &parts.frame);
    }
    if (error == ERROR_NONE) {
        error = thread_configure(found->thread, &parts);
    }
    return (struct call_result){error, 0};
}
