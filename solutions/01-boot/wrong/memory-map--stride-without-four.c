/*
 * exercise: memory-map
 * test: memory-map-entries
 * says: what it found is wrong
 * mistake: Takes `size` for the length of the whole entry. It is the length of what follows it, so
 *     from the second entry on everything is read four bytes too early.
 */
size_t multiboot_read_memory(const void *map, size_t length, struct memory_range *ranges,
                             size_t limit)
{
    const uint8_t *position = map;
    const uint8_t *end = position + length;
    size_t count = 0;

    while (count < limit && (size_t)(end - position) >= sizeof(struct multiboot_memory)) {
        const struct multiboot_memory *entry = (const struct multiboot_memory *)position;

        if (entry->size == 0 || entry->size > (size_t)(end - position)) {
            break;
        }
        if (entry->type == MULTIBOOT_MEMORY_AVAILABLE && entry->length > 0) {
            ranges[count].start = entry->base;
            ranges[count].end = entry->base + entry->length;
            count++;
        }
        position += entry->size;
    }
    return count;
}
