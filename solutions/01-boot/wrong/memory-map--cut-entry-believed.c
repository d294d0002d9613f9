/*
 * exercise: memory-map
 * test: memory-map-entries
 * says: reads behind the end of the map
 * mistake: Asks only whether an entry begins before the end of the map. One that begins there and
 *     reaches over the end is read, with fields that belong to whatever stands behind the map.
 */
size_t multiboot_read_memory(const void *map, size_t length, struct memory_range *ranges,
                             size_t limit)
{
    const uint8_t *position = map;
    const uint8_t *end = position + length;
    size_t count = 0;

    while (count < limit && position < end) {
        const struct multiboot_memory *entry = (const struct multiboot_memory *)position;

        if (entry->type == MULTIBOOT_MEMORY_AVAILABLE && entry->length > 0) {
            ranges[count].start = entry->base;
            ranges[count].end = entry->base + entry->length;
            count++;
        }
        position += entry->size + sizeof(entry->size);
    }
    return count;
}
