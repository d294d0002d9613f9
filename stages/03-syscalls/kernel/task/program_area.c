/**
 * @file
 * The memory of tasks, in the one area that they all share, by the page.
 */
#include "task/program_area.h"

#include "arch/paging.h"
#include "arch/user_memory.h"
#include "debug/panic.h"
#include "lib/string.h"
#include "mm/frames.h"
#include "task/program_memory.h"

static bool is_mapped(const struct memory_range *range)
{
    for (uintptr_t page = range->start; page < range->end; page += PAGE_SIZE) {
        if (user_memory_find(page, 0) != NULL) {
            return true;
        }
    }
    return false;
}

/**
 * Takes a control block for a program that is to be started.
 *
 * @param name   the program's
 * @param image  where it is linked
 * @param begun  set to the thread, READY and in no queue; it has no memory yet
 * @return ERROR_NONE; ERROR_BUSY when something is mapped there: the program is running already;
 *         ERROR_TOO_MANY_THREADS
 */
enum error program_begin(const char *name, const struct memory_range *image, struct thread **begun)
{
    if (is_mapped(image)) {
        return ERROR_BUSY;
    }
    *begun = thread_claim(name);
    if (*begun == NULL) {
        return ERROR_TOO_MANY_THREADS;
    }
    (*begun)->image = *image;
    thread_prepare(*begun);
    return ERROR_NONE;
}

/**
 * Gives a thread a page, all of it 0.
 *
 * @param thread   whose
 * @param address  of the page; not mapped yet
 * @param rights   see enum memory_rights
 * @param view     set to where the kernel sees it
 * @return ERROR_NONE; ERROR_NO_MEMORY
 */
enum error program_add_page(struct thread *thread, uintptr_t address, unsigned rights,
                            uint8_t **view)
{
    uint64_t frame;

    if (frame_take_run(1, 1, &frame) != ERROR_NONE) {
        return ERROR_NO_MEMORY;
    }
    *view = paging_window(frame);
    memset(*view, 0, PAGE_SIZE);
    if (!user_memory_map(address, frame, rights)) {
        panic("program_add_page: expected %lx of %s to be free", address, thread->name);
    }
    return ERROR_NONE;
}

/** Gives back the pages of a range; those that are not mapped stay so. */
void program_release_range(struct memory_range range)
{
    for (uintptr_t page = range.start; page < range.end; page += PAGE_SIZE) {
        uint64_t frame = user_memory_unmap(page);

        if (frame != 0 && frame_release_run(frame, 1) != ERROR_NONE) {
            panic("program_release_range: expected the frame %lx of page %lx in use", frame, page);
        }
    }
}
