/**
 * @file
 * Address spaces: pages with frames in them.
 *
 * Who asks for pages is a user program, so each operation has a bound (MEMORY_PAGES_MAX), and
 * checks first: nothing has changed when it refuses. For tables that a mapping may need it asks
 * for as many free frames as the worst case takes.
 */
#include "mm/space.h"

#include "arch/page_destroy.h"
#include "arch/page_table.h"
#include "arch/paging.h"
#include "mm/frame_uses.h"
#include "mm/frames.h"

/* Tables that a run of MEMORY_PAGES_MAX pages, wherever it begins, can need: it may lie across the
 * border of two tables at each of the three levels. */
#define TABLES_NEEDED_MAX (MEMORY_PAGES_MAX / 512 + 1 + 2 + 2)

/**
 * Checks where a program wants pages.
 *
 * @param address  any number
 * @param pages    any number
 * @return ERROR_NONE; ERROR_INVALID_ARGUMENT unless the address is a page's and there are 1 to
 *         MEMORY_PAGES_MAX pages; ERROR_BAD_ADDRESS when they are not between MEMORY_START and
 *         MEMORY_BUFFER
 */
enum error space_check(uint64_t address, uint64_t pages)
{
    if (address % PAGE_SIZE != 0 || pages == 0 || pages > MEMORY_PAGES_MAX) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (address < MEMORY_START || address >= MEMORY_BUFFER ||
        pages * PAGE_SIZE > MEMORY_BUFFER - address) {
        return ERROR_BAD_ADDRESS;
    }
    return ERROR_NONE;
}

static bool is_any_mapped(const struct space_part *part)
{
    for (size_t i = 0; i < part->pages; i++) {
        unsigned rights;

        if (page_find(part->root, part->address + i * PAGE_SIZE, &rights) != 0) {
            return true;
        }
    }
    return false;
}

/**
 * Maps new frames, all of them 0.
 *
 * @param part    checked (space_check())
 * @param rights  see enum memory_rights
 * @return ERROR_NONE; ERROR_BUSY when a page of them is mapped already; ERROR_NO_MEMORY
 */
enum error space_add(const struct space_part *part, unsigned rights)
{
    if (is_any_mapped(part)) {
        return ERROR_BUSY;
    }
    if (frames.free_count < part->pages + TABLES_NEEDED_MAX) {
        return ERROR_NO_MEMORY;
    }
    for (size_t i = 0; i < part->pages; i++) {
        page_map(part->root, part->address + i * PAGE_SIZE, page_table_take(), rights);
    }
    return ERROR_NONE;
}

/** Takes pages away; those that are not mapped stay so. @return how many were */
size_t space_remove(const struct space_part *part)
{
    size_t count = 0;

    for (size_t i = 0; i < part->pages; i++) {
        uint64_t frame = page_unmap(part->root, part->address + i * PAGE_SIZE);

        if (frame != 0) {
            page_frame_drop(frame);
            count++;
        }
    }
    return count;
}

/** Why a page cannot be given these rights; ERROR_NONE if it can. */
static enum error check_rights(uint64_t root, uintptr_t address, unsigned rights)
{
    unsigned has;
    uint64_t frame = page_find(root, address, &has);

    if (frame == 0) {
        return ERROR_BAD_ADDRESS;
    }
    return (has & rights) == rights || frame_uses_is_single(frame) ? ERROR_NONE : ERROR_NO_RIGHT;
}

/**
 * Changes what pages may be used for.
 *
 * @param part    checked
 * @param rights  see enum memory_rights
 * @return ERROR_NONE; ERROR_BAD_ADDRESS when one of them is not mapped; ERROR_NO_RIGHT when one
 *         would get a right that it lacks, and its frame is shown elsewhere, too
 */
enum error space_protect(const struct space_part *part, unsigned rights)
{
    for (size_t i = 0; i < part->pages; i++) {
        enum error error = check_rights(part->root, part->address + i * PAGE_SIZE, rights);

        if (error != ERROR_NONE) {
            return error;
        }
    }
    for (size_t i = 0; i < part->pages; i++) {
        page_protect(part->root, part->address + i * PAGE_SIZE, rights);
    }
    return ERROR_NONE;
}

/**
 * Shows a page's frame in another place, too: maybe in another address space, never with a right
 * that the page itself does not have. The frame has one use more (frame_uses_add()) exactly if it
 * is mapped there.
 *
 * @param to_root    where: the address space
 * @param to         and the page
 * @param from_root  whose page
 * @param from       and which
 * @param rights     of the new page, see enum memory_rights
 * @return ERROR_NONE; ERROR_BAD_ADDRESS when `from` is not mapped; ERROR_NO_RIGHT when it lacks one
 *         of the rights; ERROR_BUSY when a page is mapped at `to`, or the frame has too many uses;
 *         ERROR_NO_MEMORY. Refused, nothing has changed but tables.
 */
enum error space_share_page(uint64_t to_root, uintptr_t to, uint64_t from_root, uintptr_t from,
                            unsigned rights)
{
    unsigned has;
    uint64_t frame = page_find(from_root, from, &has);
    enum error error;

    if (frame == 0) {
        return ERROR_BAD_ADDRESS;
    }
    if ((has & rights) != rights) {
        return ERROR_NO_RIGHT;
    }
    if (!frame_uses_add(frame)) {
        return ERROR_BUSY;
    }
    error = page_map(to_root, to, frame, rights);
    if (error != ERROR_NONE) {
        frame_uses_drop(frame);
    }
    return error;
}

/** Whether two runs of as many pages have a page in common. */
static bool overlaps(const struct space_part *to, uint64_t from_root, uintptr_t from)
{
    uintptr_t distance = to->address > from ? to->address - from : from - to->address;

    return to->root == from_root && distance < to->pages * PAGE_SIZE;
}

/**
 * Shows the frames of a run of pages in another place, too.
 *
 * @param to         where; checked
 * @param from_root  whose pages; checked as well
 * @param from       the first of them
 * @param rights     see space_share_page()
 * @return ERROR_NONE; ERROR_INVALID_ARGUMENT when the two places overlap; what space_share_page()
 *         refuses with: then no page has been mapped
 */
enum error space_share(const struct space_part *to, uint64_t from_root, uintptr_t from,
                       unsigned rights)
{
    if (overlaps(to, from_root, from)) {
        return ERROR_INVALID_ARGUMENT;
    }
    for (size_t i = 0; i < to->pages; i++) {
        enum error error = space_share_page(to->root, to->address + i * PAGE_SIZE, from_root,
                                            from + i * PAGE_SIZE, rights);

        if (error != ERROR_NONE) {
            space_remove(&(struct space_part){to->root, to->address, i});
            return error;
        }
    }
    return ERROR_NONE;
}
