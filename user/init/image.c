/**
 * @file
 * Images: what is checked of a program file before anything is started from it.
 *
 * The files are boot modules, which anybody may have made: every number in one may be anything. All
 * are checked once, in the beginning; they cannot change afterwards.
 */
#include "image.h"

#include <stdbool.h>

#include "memory.h"
#include "string.h"

static struct image images[IMAGES_MAX];
static unsigned image_count;

/** All segments are right, in the order of their addresses, none on a page with the next. */
static bool are_segments_right(const struct image *image, const struct elf_header *header,
                               uint64_t end)
{
    uint64_t from = MEMORY_START;
    bool entry_found = false;

    for (size_t i = 0; i < header->segment_count; i++) {
        const struct elf_segment *segment = &image->segments[i];

        if (!elf_is_loaded(segment)) {
            continue;
        }
        if (!elf_is_segment_right(segment, image->size, from, end)) {
            return false;
        }
        from = (segment->address + segment->memory_size + PAGE_SIZE - 1) / PAGE_SIZE * PAGE_SIZE;
        entry_found |= header->entry - segment->address < segment->memory_size;
    }
    return entry_found;
}

/**
 * Looks at a file: is it a program?
 *
 * @param image  with name, bytes and size, which stay; its segments and header are set
 * @param end    of the memory that a program's segments may have
 */
void image_check(struct image *image, uint64_t end)
{
    const struct elf_header *header = (const struct elf_header *)image->bytes;

    image->header = NULL;
    if (elf_is_header_right(header, image->size)) {
        image->segments = (const struct elf_segment *)(image->bytes + header->segments_offset);
        image->header = are_segments_right(image, header, end) ? header : NULL;
    }
}

/**
 * Looks at a file that the boot loader has brought, and keeps what it is. Files beyond IMAGES_MAX
 * are not seen.
 *
 * @param file  with name, bytes, size and frame
 * @param end   of the memory that a program's segments may have
 */
void image_add(const struct image *file, uint64_t end)
{
    if (image_count < IMAGES_MAX) {
        images[image_count] = *file;
        image_check(&images[image_count++], end);
    }
}

/**
 * Finds a program.
 *
 * @param name   ends with NUL
 * @param found  set to the first file of this name
 * @return ERROR_NONE; ERROR_NO_PROGRAM; ERROR_BAD_PROGRAM
 */
enum error image_find(const char *name, const struct image **found)
{
    for (unsigned i = 0; i < image_count; i++) {
        if (strcmp(images[i].name, name) == 0) {
            *found = &images[i];
            return images[i].header != NULL ? ERROR_NONE : ERROR_BAD_PROGRAM;
        }
    }
    return ERROR_NO_PROGRAM;
}

/**
 * @param page  a page's address
 * @return the segment that has something in that page; NULL when none has
 */
const struct elf_segment *image_segment(const struct image *image, uint64_t page)
{
    for (size_t i = 0; i < image->header->segment_count; i++) {
        const struct elf_segment *segment = &image->segments[i];

        if (elf_is_loaded(segment) && page + PAGE_SIZE > segment->address &&
            page < segment->address + segment->memory_size) {
            return segment;
        }
    }
    return NULL;
}

/** @return the rights to a segment's pages, see enum memory_rights */
unsigned segment_rights(const struct elf_segment *segment)
{
    return MEMORY_READ | (segment->flags & ELF_WRITE ? MEMORY_WRITE : 0) |
           (segment->flags & ELF_EXECUTE ? MEMORY_EXECUTE : 0);
}
