/**
 * @file
 * The pager: where a client's pages come from, one by one, when they are first used.
 *
 * - What cannot be written is mapped straight from the file: all clients have the same frames.
 * - Of the other pages each client has its own: filled from the file, or empty.
 * - The stack's pages are empty ones. Below the lowest one that it may have nothing is mapped.
 */
#include "pager.h"

#include "string.h"

/** A page of the first task's own memory, in which pages are filled. */
#define SCRATCH 0x600000000000ul

uint64_t pager_counts[INIT_COUNTED];

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

/** A page can be shown as the file has it: it is not written, and all that a client may see of it
 * comes from one page of the file. */
static bool is_shareable(const struct elf_segment *segment, const struct filling *filling,
                         uint64_t page)
{
    uint64_t memory_end = segment->address + segment->memory_size;
    uint64_t seen_end = memory_end < page + PAGE_SIZE ? memory_end : page + PAGE_SIZE;

    return (segment->flags & ELF_WRITE) == 0 && filling->end == seen_end &&
           (uint64_t)filling->from % PAGE_SIZE == filling->start % PAGE_SIZE;
}

/** Counts a page, if it has been mapped. @return the error of mapping it */
static enum error count(enum init_count what, enum error error)
{
    pager_counts[what] += error == ERROR_NONE;
    return error;
}

static enum error map_shared(task_id task, uint64_t page, const struct filling *filling,
                             unsigned rights)
{
    uint64_t from = (uint64_t)filling->from / PAGE_SIZE * PAGE_SIZE;

    return count(INIT_COUNT_SHARED, memory_share(task, page, from, MEMORY_EXTENT(1, rights)));
}

/** Maps a page of a client's own. It is filled before the client sees it. */
static enum error map_copy(task_id task, uint64_t page, const struct filling *filling,
                           unsigned rights)
{
    uint64_t extent = MEMORY_EXTENT(1, MEMORY_READ | MEMORY_WRITE);
    enum error error = memory_map(TASK_SELF, SCRATCH, extent);

    if (error != ERROR_NONE) {
        return error;
    }
    memcpy((void *)(SCRATCH + filling->start % PAGE_SIZE), filling->from,
           filling->end - filling->start);
    error = memory_protect(TASK_SELF, SCRATCH, MEMORY_EXTENT(1, rights));
    if (error == ERROR_NONE) {
        error = memory_share(task, page, SCRATCH, MEMORY_EXTENT(1, rights));
    }
    memory_unmap(TASK_SELF, SCRATCH, extent);
    return count(INIT_COUNT_COPIED, error);
}

static enum error map_empty(task_id task, uint64_t page, unsigned rights)
{
    return count(INIT_COUNT_ZEROED, memory_map(task, page, MEMORY_EXTENT(1, rights)));
}

/** Maps a page that a segment has something in. */
static enum error map_segment_page(const struct client *client, const struct elf_segment *segment,
                                   uint64_t page)
{
    struct filling filling = filling_of(client->image, segment, page);
    unsigned rights = segment_rights(segment);

    if (filling.start == filling.end) {
        return map_empty(client->task, page, rights);
    }
    if (is_shareable(segment, &filling, page)) {
        return map_shared(client->task, page, &filling, rights);
    }
    return map_copy(client->task, page, &filling, rights);
}

/** Maps the page that a client has missed. @return also ERROR_NO_RIGHT, when it must not have it */
static enum error map_page(const struct client *client, uint64_t page, unsigned access)
{
    const struct elf_segment *segment = image_segment(client->image, page);

    if (page >= PAGER_STACK_START && page < PAGER_STACK_END && (access & MEMORY_EXECUTE) == 0) {
        return map_empty(client->task, page, MEMORY_READ | MEMORY_WRITE);
    }
    if (segment == NULL || (segment_rights(segment) & access) == 0) {
        return ERROR_NO_RIGHT;
    }
    return map_segment_page(client, segment, page);
}

/**
 * Mends a page fault, if it can be mended. A page that is mapped already cannot: the client has
 * done what its rights to the page do not allow.
 *
 * @param client   whose
 * @param address  any number
 * @param access   one of enum memory_rights
 * @return whether the client can try again
 */
bool pager_mend(const struct client *client, uint64_t address, unsigned access)
{
    enum error error = map_page(client, address / PAGE_SIZE * PAGE_SIZE, access);

    pager_counts[INIT_COUNT_FAULTS]++;
    pager_counts[INIT_COUNT_REFUSED] += error != ERROR_NONE;
    return error == ERROR_NONE;
}
