/**
 * @file
 * ext2: entries that come into a directory, are changed, and go. None of that can fail: the caller
 * has the place, with room enough.
 */
#include "vfs/ext2/ext2.h"

#include <string.h>
#include <sys/stat.h>

/** @return the entry in a place */
struct ext2_entry *ext2_entry_at(const struct ext2_place *place)
{
    return (struct ext2_entry *)(place->buffer->bytes + place->offset);
}

/** @return what an entry says of a file's kind */
static uint8_t kind_of(const struct ext2_file *file)
{
    if (!file->ext2->has_kinds) {
        return EXT2_KIND_UNKNOWN;
    }
    switch (file->inode->mode & S_IFMT) {
    case S_IFREG:
        return EXT2_KIND_FILE;
    case S_IFDIR:
        return EXT2_KIND_DIRECTORY;
    case S_IFCHR:
        return EXT2_KIND_CHARACTER;
    case S_IFBLK:
        return EXT2_KIND_BLOCK;
    case S_IFIFO:
        return EXT2_KIND_FIFO;
    case S_IFSOCK:
        return EXT2_KIND_SOCKET;
    case S_IFLNK:
        return EXT2_KIND_LINK;
    default:
        return EXT2_KIND_UNKNOWN;
    }
}

/** Says that a directory was changed. It has no valid index any more, if it had one. */
static void changed(struct ext2_file *directory, const struct ext2_place *place)
{
    buffer_changed(place->buffer);
    directory->inode->flags &= ~(uint32_t)EXT2_FLAG_INDEX;
    directory->inode->modified = directory->inode->changed = ext2_now();
    ext2_file_changed(directory);
}

/**
 * Puts a new entry into a place with room.
 *
 * @param directory  that is being changed
 * @param place      of an entry without a name, or with room behind its name
 * @param name       of the new one
 * @param length     of the name, in bytes
 * @param file       what it is to lead to
 */
void ext2_entry_put(struct ext2_file *directory, const struct ext2_place *place, const char *name,
                    size_t length, const struct ext2_file *file)
{
    struct ext2_entry *entry = ext2_entry_at(place);

    if (entry->inode != 0) {
        uint16_t used = (uint16_t)EXT2_ENTRY_SIZE(entry->length);
        struct ext2_entry *behind = (struct ext2_entry *)((uint8_t *)entry + used);

        behind->size = (uint16_t)(entry->size - used);
        entry->size = used;
        entry = behind;
    }
    entry->length = (uint8_t)length;
    memcpy(entry->name, name, length);
    entry->inode = file->number;
    entry->kind = kind_of(file);
    changed(directory, place);
}

/** Has an entry lead to another file. */
void ext2_entry_set(struct ext2_file *directory, const struct ext2_place *place,
                    const struct ext2_file *file)
{
    ext2_entry_at(place)->inode = file->number;
    ext2_entry_at(place)->kind = kind_of(file);
    changed(directory, place);
}

/** Takes an entry away; the one before gets its room. */
void ext2_entry_remove(struct ext2_file *directory, const struct ext2_place *place)
{
    struct ext2_entry *entry = ext2_entry_at(place);
    struct ext2_entry *previous = (struct ext2_entry *)(place->buffer->bytes + place->previous);

    entry->inode = 0;
    if (previous != entry) {
        previous->size = (uint16_t)(previous->size + entry->size);
    }
    changed(directory, place);
}
