/**
 * @file
 * Frames: memory that can be mapped.
 *
 * A capability to a frame can be mapped in one place, and remembers which. So when it goes, the
 * pages go from there, and whoever shares memory can take it back by revoking.
 */
#include "object/object.h"

#include "arch/page_table.h"
#include "arch/paging.h"

/** Unmaps the first pages that a frame is mapped at. */
static void unmap_pages(const struct space *space, uint64_t address, uint64_t pages)
{
    for (uint64_t i = 0; i < pages; i++) {
        page_unmap(space_root(space), address + i * PAGE_SIZE);
    }
}

/** Maps all of a frame's pages, or none. */
static enum error map_pages(const struct slot *frame, struct space *space, uint64_t address,
                            unsigned rights)
{
    space_use(space);
    for (uint64_t i = 0; i < frame->pages; i++) {
        enum error error = page_map(space_root(space), address + i * PAGE_SIZE,
                                    frame->start + i * PAGE_SIZE, rights);

        if (error != ERROR_NONE) {
            unmap_pages(space, address, i);
            return error;
        }
    }
    return ERROR_NONE;
}

/**
 * Maps a frame. One that is mapped in this very place gets other rights.
 *
 * @param frame    the capability to it
 * @param space    where
 * @param address  of its first page, any number
 * @param rights   see enum memory_rights, any number
 * @return ERROR_NONE; ERROR_INVALID_ARGUMENT when the address is no page's, or the rights are none,
 *         or to write and execute; ERROR_BAD_ADDRESS when not all of it is between MEMORY_START and
 *         MEMORY_END; ERROR_NO_RIGHT when the capability lacks one of the rights; ERROR_BUSY when
 *         it is mapped elsewhere, or another page is there; ERROR_NO_MEMORY when the address space
 *         has no page left for a table. Refused, nothing has changed but tables.
 */
enum error frame_map(struct slot *frame, struct space *space, uint64_t address, uint64_t rights)
{
    enum error error;

    if (address % PAGE_SIZE != 0) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (address < MEMORY_START || address >= MEMORY_END ||
        frame->pages * (uint64_t)PAGE_SIZE > MEMORY_END - address) {
        return ERROR_BAD_ADDRESS;
    }
    if ((rights & MEMORY_READ) == 0 || rights > RIGHTS_ALL ||
        (rights & MEMORY_WRITE && rights & MEMORY_EXECUTE)) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (rights & ~((uint64_t)frame->allows >> SLOT_FRAME_SHIFT)) {
        return ERROR_NO_RIGHT;
    }
    if (frame->extra == space->serial && frame->badge == address) {
        for (uint64_t i = 0; i < frame->pages; i++) {
            page_protect(space_root(space), address + i * PAGE_SIZE, (unsigned)rights);
        }
        return ERROR_NONE;
    }
    if (space_find(frame->extra) != NULL) {
        return ERROR_BUSY;
    }
    error = map_pages(frame, space, address, (unsigned)rights);
    if (error == ERROR_NONE) {
        frame->badge = address;
        frame->extra = space->serial;
    }
    return error;
}

/** Takes a frame's pages away from where they are mapped, if they are. */
void frame_unmap(struct slot *frame)
{
    struct space *space = space_find(frame->extra);

    if (frame->badge != 0 && space != NULL) {
        unmap_pages(space, frame->badge, frame->pages);
    }
    frame->badge = 0;
    frame->extra = 0;
}
