/**
 * @file
 * Extents: how much memory a program takes, found before it is started.
 */
#include "extent.h"

#include "memory.h"

#define TABLE_LEVELS \
    3u /* below the root: tables for 2 MB, 1 GB and 512 GB (Intel SDM Vol. 3A 4.5) */
#define TABLE_SHIFT 9u
#define TABLE_SPAN (PAGE_SIZE << TABLE_SHIFT) /* bytes that the lowest table maps */

/** The stack and the IPC buffer are in the last 2 MB: a table of each level; and the root. */
#define TABLES_OF_ALL (TABLE_LEVELS + 1)

/**
 * Pages can be shown as the file has them where they are never written, where the file has them in
 * the same place of a page, and where all of them comes from the file.
 *
 * @return the run of such pages in a segment
 */
struct shared_run segment_shared_run(const struct elf_segment *segment)
{
    uint64_t start = segment->address / PAGE_SIZE;
    uint64_t end = segment->address + segment->file_size;

    if (segment->flags & ELF_WRITE || segment->file_size == 0 ||
        segment->address % PAGE_SIZE != segment->offset % PAGE_SIZE) {
        return (struct shared_run){0};
    }
    if (segment->memory_size == segment->file_size) {
        end += PAGE_SIZE - 1; /* what is behind the segment in its last page is nobody's */
    }
    return (struct shared_run){start * PAGE_SIZE, segment->offset / PAGE_SIZE,
                               end / PAGE_SIZE - start};
}

/** @return pages that a segment lies in */
static uint64_t segment_pages(const struct elf_segment *segment)
{
    uint64_t last = segment->address + segment->memory_size - 1;

    return last / PAGE_SIZE - segment->address / PAGE_SIZE + 1;
}

/** @return tables for a segment, but for those that what lies before `from` has already */
static uint64_t segment_tables(const struct elf_segment *segment, uint64_t from)
{
    uint64_t last = segment->address + segment->memory_size - 1, span = TABLE_SPAN, tables = 0;

    for (unsigned level = 0; level < TABLE_LEVELS; level++, span <<= TABLE_SHIFT) {
        uint64_t first = segment->address / span;

        tables += last / span - first + 1;
        if (from > 0 && (from - 1) / span == first) {
            tables--;
        }
    }
    return tables;
}

/** @return what a program takes; its segments are in the order of their addresses */
struct extent extent_of(const struct image *image)
{
    struct extent extent = {.tables = TABLES_OF_ALL};
    uint64_t from = 0;

    for (size_t i = 0; i < image->header->segment_count; i++) {
        const struct elf_segment *segment = &image->segments[i];
        uint64_t shared = 0;

        if (!elf_is_loaded(segment)) {
            continue;
        }
        shared = segment_shared_run(segment).pages;
        extent.own_pages += segment_pages(segment) - shared;
        extent.shared_runs += shared > 0;
        extent.tables += segment_tables(segment, from);
        from = segment->address + segment->memory_size;
    }
    return extent;
}
