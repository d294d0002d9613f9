/**
 * @file
 * ext2: bitmaps. A bit that is set: the block, or the inode, is in use.
 */
#include "vfs/ext2/ext2.h"

#define ALL 0xFFu

/** Gets a bitmap of a group, to be changed. @return 0; EIO; ENOMEM */
int ext2_map_get(struct ext2 *ext2, uint32_t group, enum ext2_bitmap which, struct ext2_map *map)
{
    uint32_t block = which == EXT2_BLOCK_BITMAP ? ext2->groups[group].block_bitmap
                                                : ext2->groups[group].inode_bitmap;
    int error = ext2_descriptor_get(ext2, group, &map->descriptors, &map->descriptor);

    if (error != 0) {
        return error;
    }
    error = buffer_get(ext2->device, block, &map->bitmap);
    if (error != 0) {
        buffer_put(map->descriptors);
    }
    return error;
}

/** Gives a bitmap back. */
void ext2_map_put(struct ext2_map *map)
{
    buffer_put(map->bitmap);
    buffer_put(map->descriptors);
}

/** @return the first bit from `from` on that is 0; `end`: there is none before it */
static uint32_t find(const uint8_t *bits, uint32_t from, uint32_t end)
{
    uint32_t bit = from;

    while (bit < end && (bits[bit / 8] >> bit % 8 & 1) != 0) {
        bit += bit % 8 == 0 && bits[bit / 8] == ALL ? 8 : 1;
    }
    return bit < end ? bit : end;
}

/**
 * Finds a bit that is 0: the first one from `from` on, else the first of all.
 *
 * @param map   from ext2_map_get()
 * @param from  where to begin, less than `end`
 * @param end   how many bits there are
 * @return which; `end`: there is none
 */
uint32_t ext2_map_find(const struct ext2_map *map, uint32_t from, uint32_t end)
{
    uint32_t bit = find(map->bitmap->bytes, from, end);

    if (bit == end) {
        bit = find(map->bitmap->bytes, 0, from);
        return bit < from ? bit : end;
    }
    return bit;
}

/** @return how many of the first bits are 0 */
uint32_t ext2_map_count(const struct ext2_map *map, uint32_t end)
{
    uint32_t count = 0;

    for (uint32_t bit = 0; bit < end; bit++) {
        count += (map->bitmap->bytes[bit / 8] >> bit % 8 & 1) == 0;
    }
    return count;
}

/**
 * Changes a bit.
 *
 * @param map    from ext2_map_get()
 * @param bit    which
 * @param taken  what it is to be
 * @return whether it was something else before; false: nothing has changed
 */
bool ext2_map_change(struct ext2_map *map, uint32_t bit, bool taken)
{
    uint8_t *byte = &map->bitmap->bytes[bit / 8];
    uint8_t mask = (uint8_t)(1u << bit % 8);

    if (((*byte & mask) != 0) == taken) {
        return false;
    }
    *byte ^= mask;
    buffer_changed(map->bitmap);
    buffer_changed(map->descriptors); /* the caller counts there */
    return true;
}
