/**
 * @file
 * The file system in memory: contents of files.
 */
#include <errno.h>
#include <string.h>

#include "vfs/clock.h"
#include "vfs/ramfs/ramfs.h"

#define FAN 512u /* pointers in a page */
#define SIZE_MAX_BYTES ((uint64_t)PAGE_BYTES * FAN * FAN * FAN)
#define SECTOR 512u /* file_status counts blocks of these */

/** @return pages that a tree of so many levels can hold */
static uint64_t reach(unsigned levels)
{
    uint64_t pages = 1;

    for (; levels > 0; levels--) {
        pages *= FAN;
    }
    return pages;
}

/** Takes a page for a file. */
static void *take_page(struct file_status *status)
{
    void *page = ram_page_take();

    if (page != NULL) {
        status->blocks += PAGE_BYTES / SECTOR;
    }
    return page;
}

/** @return a page of the contents; NULL: it is all 0 */
static uint8_t *find_page(const struct ram_file *file, uint64_t index)
{
    void *at = file->top;

    if (index >= reach(file->levels)) {
        return NULL;
    }
    for (unsigned level = file->levels; level > 0 && at != NULL; level--) {
        at = ((void **)at)[index / reach(level - 1) % FAN];
    }
    return at;
}

/** Gets a page of the contents, and makes it if it is not there. @return NULL: there is no room */
static uint8_t *make_page(struct ram_file *file, struct file_status *status, uint64_t index)
{
    void **at = &file->top;

    while (index >= reach(file->levels)) {
        void **top = file->top != NULL ? take_page(status) : NULL;

        if (file->top != NULL && top == NULL) {
            return NULL;
        }
        if (top != NULL) {
            top[0] = file->top;
            file->top = top;
        }
        file->levels++;
    }
    for (unsigned level = file->levels;; level--) {
        if (*at == NULL) {
            *at = take_page(status);
        }
        if (*at == NULL || level == 0) {
            return *at;
        }
        at = (void **)*at + index / reach(level - 1) % FAN;
    }
}

/** Frees what a tree holds from a page on. @return whether nothing is left of it */
static bool cut(void **at, unsigned levels, uint64_t first, struct file_status *status)
{
    bool is_empty = true;

    if (*at == NULL || first >= reach(levels)) {
        return *at == NULL;
    }
    for (uint64_t i = 0; levels > 0 && i < FAN; i++) {
        uint64_t begin = i * reach(levels - 1);
        void **child = (void **)*at + i;

        is_empty = cut(child, levels - 1, first > begin ? first - begin : 0, status) && is_empty;
    }
    if (is_empty) {
        ram_page_give(*at);
        *at = NULL;
        status->blocks -= PAGE_BYTES / SECTOR;
    }
    return is_empty;
}

/** Frees all contents of a file. */
void ram_contents_free(struct ram_file *file)
{
    cut(&file->top, file->levels, 0, &file->status);
    file->levels = 0;
}

static size_t least(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/** Reads what a file holds; where nothing was written there are zeros. */
int ram_read(struct node *node, uint64_t offset, void *to, size_t size, size_t *done)
{
    uint64_t end = node->status.size;
    uint8_t *next = to;

    *done = offset < end ? least(size, end - offset) : 0;
    for (size_t left = *done, part; left > 0; left -= part) {
        const uint8_t *page = find_page(ram_file_of(node), offset / PAGE_BYTES);

        part = least(left, PAGE_BYTES - offset % PAGE_BYTES);
        if (page != NULL) {
            memcpy(next, page + offset % PAGE_BYTES, part);
        } else {
            memset(next, 0, part);
        }
        offset += part;
        next += part;
    }
    return 0;
}

/** Writes bytes into the pages of a file, as long as there is room. */
static int put(struct ram_file *file, struct file_status *status, uint64_t offset,
               const uint8_t *from, size_t size, size_t *done)
{
    for (*done = 0; *done < size;) {
        size_t part = least(size - *done, PAGE_BYTES - offset % PAGE_BYTES);
        uint8_t *page = make_page(file, status, offset / PAGE_BYTES);

        if (page == NULL) {
            return *done > 0 ? 0 : ENOSPC;
        }
        memcpy(page + offset % PAGE_BYTES, from + *done, part);
        offset += part;
        *done += part;
    }
    return 0;
}

/** Writes: see node.h. */
int ram_write(struct node *node, uint64_t offset, const void *from, size_t size, size_t *done)
{
    struct file_status *status = &node->status;
    int error;

    if (offset >= SIZE_MAX_BYTES) {
        return EFBIG;
    }
    error =
        put(ram_file_of(node), status, offset, from, least(size, SIZE_MAX_BYTES - offset), done);
    if (*done > 0) {
        status->size = offset + *done > status->size ? offset + *done : status->size;
        status->modified = clock_seconds();
        status->changed = status->modified;
    }
    return error;
}

/** Gives a file a size: see node.h. */
int ram_truncate(struct node *node, uint64_t size)
{
    struct file_status *status = &node->status;
    struct ram_file *file = ram_file_of(node);
    uint64_t pages = (size + PAGE_BYTES - 1) / PAGE_BYTES;
    uint8_t *page;

    if (size > SIZE_MAX_BYTES) {
        return EFBIG;
    }
    if (size < status->size) {
        cut(&file->top, file->levels, pages, status);
        page = size % PAGE_BYTES != 0 ? find_page(file, size / PAGE_BYTES) : NULL;
        if (page != NULL) { /* what is behind the end is 0, should the file grow again */
            memset(page + size % PAGE_BYTES, 0, PAGE_BYTES - size % PAGE_BYTES);
        }
    }
    status->size = size;
    status->modified = clock_seconds();
    status->changed = status->modified;
    return 0;
}

/** Sets the contents of a file that is not in memory as a node. @return 0; ENOSPC */
int ram_contents_set(struct ram_file *file, const void *from, size_t size)
{
    size_t done = 0;
    int error = put(file, &file->status, 0, from, size, &done);

    file->status.size = done;
    return error;
}
