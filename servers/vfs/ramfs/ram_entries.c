/**
 * @file
 * The file system in memory: entries of directories. They stand in the order in which they were
 * made.
 */
#include <dirent.h>
#include <errno.h>
#include <string.h>

#include "vfs/ramfs/ramfs.h"

#define ENTRIES_IN_PAGE (PAGE_BYTES / sizeof(struct ram_entry))
#define KIND_SHIFT 12u /* from a mode to the kind of a directory entry: dirent.h */

static struct ram_entry *free_entries;

/** Makes a page of free entries. It stays one. */
static void make_entries(void)
{
    struct ram_entry *entries = ram_page_take();

    for (size_t i = 0; entries != NULL && i < ENTRIES_IN_PAGE; i++) {
        entries[i].next = free_entries;
        free_entries = &entries[i];
    }
}

/** Finds a name. @return NULL: there is none */
struct ram_entry *ram_entry_find(const struct ram_file *directory, const char *name, size_t length)
{
    struct ram_entry *entry = directory->first;

    while (entry != NULL && (entry->length != length || memcmp(entry->name, name, length) != 0)) {
        entry = entry->next;
    }
    return entry;
}

/** Adds a name, which is not there yet. @return 0; ENOSPC */
int ram_entry_add(struct ram_file *directory, const char *name, size_t length, uint64_t number)
{
    struct ram_entry *entry;

    if (free_entries == NULL) {
        make_entries();
    }
    entry = free_entries;
    if (entry == NULL) {
        return ENOSPC;
    }
    free_entries = entry->next;
    *entry = (struct ram_entry){.previous = directory->last,
                                .number = number,
                                .position = directory->next_position++,
                                .length = length};
    memcpy(entry->name, name, length);
    if (directory->last != NULL) {
        directory->last->next = entry;
    } else {
        directory->first = entry;
    }
    directory->last = entry;
    return 0;
}

/** Removes a name. */
void ram_entry_remove(struct ram_file *directory, struct ram_entry *entry)
{
    if (entry->previous != NULL) {
        entry->previous->next = entry->next;
    } else {
        directory->first = entry->next;
    }
    if (entry->next != NULL) {
        entry->next->previous = entry->previous;
    } else {
        directory->last = entry->previous;
    }
    if (directory->told == entry) {
        directory->told = NULL;
    }
    entry->next = free_entries;
    free_entries = entry;
}

/** Finds a name, or "..": see node.h. */
int ram_lookup(struct node *directory, const char *name, size_t length, uint64_t *number)
{
    const struct ram_file *file = ram_file_of(directory);
    const struct ram_entry *entry;

    if (length == 2 && memcmp(name, "..", 2) == 0) {
        *number = file->above;
        return 0;
    }
    entry = ram_entry_find(file, name, length);
    if (entry == NULL) {
        return ENOENT;
    }
    *number = entry->number;
    return 0;
}

/** @return the first entry that is not before a position; NULL: there is none */
static struct ram_entry *find_from(const struct ram_file *file, uint64_t position)
{
    struct ram_entry *entry = file->first;

    if (file->told != NULL && file->told->position < position) {
        entry = file->told->next;
    }
    while (entry != NULL && entry->position < position) {
        entry = entry->next;
    }
    return entry;
}

/** Tells an entry: see node.h. */
int ram_readdir(struct node *directory, uint64_t *position, struct file_entry *entry)
{
    struct ram_file *file = ram_file_of(directory);
    struct ram_entry *found;

    if (*position < 2) {
        entry_set(entry, *position == 0 ? directory->number : file->above, DT_DIR, "..",
                  *position + 1);
        ++*position;
        return 0;
    }
    found = find_from(file, *position);
    if (found == NULL) {
        return ENOENT;
    }
    file->told = found;
    *position = found->position + 1;
    entry_set(entry, found->number, ram_file_at(found->number)->status.mode >> KIND_SHIFT,
              found->name, found->length);
    return 0;
}
