/**
 * @file
 * The file system in memory: its files and its memory.
 */
#include <errno.h>
#include <sys/stat.h>

#include "vfs/clock.h"
#include "vfs/ramfs/ramfs.h"

static struct ram_file files[RAM_FILES];
static size_t pages_used;
static unsigned files_used;

/** @return the file of a node */
struct ram_file *ram_file_of(const struct node *node)
{
    return node->data;
}

/** @return the file with a number; NULL: there is no such place */
struct ram_file *ram_file_at(uint64_t number)
{
    return number >= 1 && number <= RAM_FILES ? &files[number - 1] : NULL;
}

/** @return a file's number */
uint64_t ram_file_number(const struct ram_file *file)
{
    return (uint64_t)(file - files) + 1;
}

/** @return how many files there are */
unsigned ram_files_used(void)
{
    return files_used;
}

/** @return a place in the table that is free; NULL: there is none */
static struct ram_file *find_place(void)
{
    for (struct ram_file *file = files; file < files + RAM_FILES; file++) {
        if (file->mount == NULL) {
            return file;
        }
    }
    return NULL;
}

/** Makes a file without a name. @return NULL: there is no room */
struct ram_file *ram_file_make(struct mount *mount, uint32_t mode)
{
    struct file_status *status;
    struct ram_file *file = find_place();

    if (file == NULL) {
        return NULL;
    }
    *file = (struct ram_file){.mount = mount, .next_position = 2};
    status = &file->status;
    status->mode = mode;
    status->links = S_ISDIR(mode) ? 2 : 1;
    status->block_size = PAGE_BYTES;
    status->modified = clock_seconds();
    status->accessed = status->modified;
    status->changed = status->modified;
    files_used++;
    return file;
}

/** Frees a file, and all that is in it. */
void ram_file_free(struct ram_file *file)
{
    while (file->first != NULL) {
        ram_entry_remove(file, file->first);
    }
    ram_contents_free(file);
    file->mount = NULL;
    files_used--;
}

/** @return a page that is all 0; NULL: there is no room */
void *ram_page_take(void)
{
    void *page = pages_used < RAM_PAGES ? page_take() : NULL;

    pages_used += page != NULL;
    return page;
}

/** Gives a page back. */
void ram_page_give(void *page)
{
    page_give(page);
    pages_used--;
}

/** @return pages that are taken */
size_t ram_pages_used(void)
{
    return pages_used;
}
