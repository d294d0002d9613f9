/*
 * exercise: memory-map
 * test: memory-map-entries
 * says: too short for its fields
 * mistake: Trusts an entry's size, so that one of size 0, say, moves it on by four bytes only: what it
 *     then takes for an entry begins in the middle of another one.
 */
size_t multiboot_read_memory(const void *map, size_t length, struct memory_range *ranges,
                             size_t limit)
{
    const uint8_t *position = map;
    const uint8_t *end = position + length;
    size_t count = 0;

    while (count < limit && (size_t)(end - position) >= sizeof(struct multiboot_memory)) {
        const struct multiboot_memory *entry = (const struct multiboot_memory *)position;
        size_t stride = entry->size + sizeof(entry->size);

        if (stride > (size_t)(end - position)) {
            break;
        }
        if (entry->type == MULTIBOOT_MEMORY_AVAILABLE && entry->length > 0) {
            ranges[count].start = entry->base;
            ranges[count].end = entry->base + entry->length;
            count++;
        }
        position += stride;
    }
    return count;
}
