/**
 * @file
 * Pages on demand: where a process's pages come from when they are first used.
 *
 * - What cannot be written is mapped straight from the file, all of a segment at once: all
 *   processes have the same frames.
 * - Of the other pages each process has its own, one by one, made of its own memory: filled from
 *   the file, or empty.
 * - The pages of stack and heap are empty ones. Below the lowest one that the stack may have, and
 *   behind the heap, nothing is mapped.
 *
 * What is mapped stands in the process's pool. The process itself has no capability for it.
 */
#include "demand.h"

#include "extent.h"
#include "loader.h"
#include "memory.h"
#include "places.h"
#include "string.h"

/** A page of the root task's own memory, in which pages are filled. */
#define SCRATCH 0x600000000000ul

uint64_t demand_counts[INIT_COUNTED];

/** The part of a page that is filled from a file: of addresses from `start` up to `end`. */
struct filling {
    uint64_t start;
    uint64_t end;
    const uint8_t *from;
};

static struct filling filling_of(const struct image *image, const struct elf_segment *segment,
                                 uint64_t page)
{
    uint64_t file_end = segment->address + segment->file_size;
    uint64_t start = page < segment->address ? segment->address : page;
    uint64_t end = file_end < page + PAGE_SIZE ? file_end : page + PAGE_SIZE;

    return (struct filling){start, end < start ? start : end,
                            image->bytes + segment->offset + (start - segment->address)};
}

/** Maps for a process what is in the last slot that was taken; if it cannot, empties the slot. */
static enum error map(struct process *process, slot frame, uint64_t address, unsigned rights)
{
    enum error error = frame_map(frame, pool_slot(process, POOL_SPACE), address, rights);

    if (error != ERROR_NONE) {
        pool_give_back(process);
    }
    return error;
}

/** Maps pages as the file has them. */
static enum error map_shared(struct process *process, const struct shared_run *run, unsigned rights)
{
    slot taken;
    enum error error = pool_take(process, &taken);

    if (error != ERROR_NONE) {
        return error;
    }
    error = slot_copy(taken, process->image->frame, RIGHTS_ALL, FRAME_PART(run->first, run->pages));
    if (error != ERROR_NONE) {
        pool_give_back(process);
        return error;
    }
    error = map(process, taken, run->address, rights);
    demand_counts[INIT_COUNT_SHARED] += error == ERROR_NONE ? run->pages : 0;
    return error;
}

/** Makes a page of a process's own, empty. */
static enum error make_page(struct process *process, slot *frame)
{
    enum error error = pool_take(process, frame);

    if (error == ERROR_NONE) {
        error = untyped_retype(block_slot(process->memory), OBJECT(OBJECT_FRAME, 1), *frame);
        if (error != ERROR_NONE) {
            pool_give_back(process);
        }
    }
    return error;
}

/** Fills a page before its process sees it: the root task maps it for itself meanwhile. */
static enum error fill(slot frame, const struct filling *filling)
{
    enum error error =
        frame_map(frame, (slot){ROOT_SLOT_SPACE}, SCRATCH, MEMORY_READ | MEMORY_WRITE);

    if (error == ERROR_NONE) {
        memcpy((void *)(SCRATCH + filling->start % PAGE_SIZE), filling->from,
               filling->end - filling->start);
        error = frame_unmap(frame);
    }
    return error;
}

/** Maps a page of a process's own. @param filling what is in it; empty: nothing */
static enum error map_own(struct process *process, uint64_t page, unsigned rights,
                          const struct filling *filling)
{
    bool is_filled = filling->start != filling->end;
    slot frame;
    enum error error = make_page(process, &frame);

    if (error == ERROR_NONE && is_filled) {
        error = fill(frame, filling);
        if (error != ERROR_NONE) {
            pool_give_back(process);
        }
    }
    if (error == ERROR_NONE) {
        error = map(process, frame, page, rights);
    }
    demand_counts[is_filled ? INIT_COUNT_COPIED : INIT_COUNT_ZEROED] += error == ERROR_NONE;
    return error;
}

/** Maps a page that a segment has something in. */
static enum error map_segment_page(struct process *process, const struct elf_segment *segment,
                                   uint64_t page)
{
    struct shared_run run = segment_shared_run(segment);
    unsigned rights = segment_rights(segment);
    struct filling filling;

    if (page - run.address < run.pages * PAGE_SIZE) {
        return map_shared(process, &run, rights);
    }
    filling = filling_of(process->image, segment, page);
    return map_own(process, page, rights, &filling);
}

/** @return whether a page belongs to a process's stack or heap */
static bool is_empty_page(const struct process *process, uint64_t page)
{
    return (page >= STACK_START && page < STACK_END) ||
           (page >= INIT_HEAP_START &&
            page - INIT_HEAP_START < (uint64_t)process->privileges->heap * PAGE_SIZE);
}

/** Maps the page that a process lacks. @return also ERROR_NO_RIGHT, when it must not have it */
static enum error map_page(struct process *process, uint64_t page, unsigned access)
{
    const struct elf_segment *segment = image_segment(process->image, page);

    if (is_empty_page(process, page) && (access & MEMORY_EXECUTE) == 0) {
        return map_own(process, page, MEMORY_READ | MEMORY_WRITE, &(struct filling){0});
    }
    if (segment == NULL || (segment_rights(segment) & access) == 0) {
        return ERROR_NO_RIGHT;
    }
    return map_segment_page(process, segment, page);
}

/**
 * Fills pages of a process's own before it runs, to be read and written.
 *
 * @param process  whose
 * @param address  of the first page
 * @param from     what is in them
 * @param size     in bytes
 * @return ERROR_NONE; ERROR_NO_MEMORY
 */
enum error demand_fill(struct process *process, uint64_t address, const void *from, uint64_t size)
{
    const uint8_t *bytes = from;
    enum error error = ERROR_NONE;

    for (uint64_t done = 0; error == ERROR_NONE && done < size; done += PAGE_SIZE) {
        uint64_t part = size - done < PAGE_SIZE ? size - done : PAGE_SIZE;
        struct filling filling = {0, part, bytes + done};

        error = map_own(process, address + done, MEMORY_READ | MEMORY_WRITE, &filling);
    }
    return error;
}

/**
 * Mends a page fault, if it can be mended. A page that is mapped already cannot: the process has
 * done what its rights to the page do not allow.
 *
 * @param process  whose
 * @param address  any number
 * @param access   one of enum memory_rights
 * @return whether the process can try again
 */
bool demand_mend(struct process *process, uint64_t address, unsigned access)
{
    enum error error = map_page(process, address / PAGE_SIZE * PAGE_SIZE, access);

    demand_counts[INIT_COUNT_FAULTS]++;
    demand_counts[INIT_COUNT_REFUSED] += error != ERROR_NONE;
    return error == ERROR_NONE;
}
