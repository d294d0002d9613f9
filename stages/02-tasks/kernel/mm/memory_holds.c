/**
 * @file
 * What is whose: whether memory is the allocator's.
 */
#include "mm/frames.h"

/**
 * @param map    the map
 * @param start  first byte
 * @param end    one past the last byte
 * @return whether every byte from start up to end is in the map
 */
bool memory_map_holds(const struct memory_map *map, uint64_t start, uint64_t end)
{
    for (size_t i = 0; i < map->count; i++) {
        if (start >= map->ranges[i].start && end <= map->ranges[i].end) {
            return true; /* a run never spans two ranges: ranges do not touch */
        }
    }
    return false;
}
