/**
 * @file
 * ext2: entries of directories are looked at before they are believed.
 */
#include "vfs/ext2/ext2.h"

/**
 * Finds out whether an entry can be one. It is in order if its head is inside of the block; if it
 * ends inside of the block, at a multiple of 4; and if its name ends inside of the entry. What it
 * says of an inode is not looked at.
 *
 * @param directory  whose entry it is, for words
 * @param bytes      the block
 * @param offset     of the entry, at most the block's size
 * @return the entry; NULL: it cannot be one, which has been said with ext2_damage()
 */
struct ext2_entry *ext2_entry_check(const struct ext2_file *directory, uint8_t *bytes,
                                    uint32_t offset)
{
    struct ext2_entry *entry = (struct ext2_entry *)(bytes + offset);
    uint32_t left = directory->ext2->block_size - offset;

    if (left < EXT2_ENTRY_HEAD || entry->size < EXT2_ENTRY_HEAD || entry->size % 4 != 0 ||
        entry->size > left || entry->length > entry->size - EXT2_ENTRY_HEAD) {
        ext2_damage(directory->ext2, directory->number, "a directory's entry is wrong, at byte",
                    offset);
        return NULL;
    }
    return entry;
}
