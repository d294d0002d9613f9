/*
 * exercise: memory-map
 * test: memory-map-entries
 * says: more ranges than fit|with room for (\d+) ranges: what it found is wrong\s+expected: \1:
 * mistake: Counts the runs but never asks whether there is room for one more: the classic overflow
 *     of a table whose length somebody else decides.
 */
size_t multiboot_read_memory(const void *map, size_t length, struct memory_range *ranges,
                             size_t limit)
{
    const uint8_t *position = map;
    const uint8_t *end = position + length;
    size_t count = 0;

    (void)limit;
    while ((size_t)(end - position) >= sizeof(struct multiboot_memory)) {
        const struct multiboot_memory *entry = (const struct multiboot_memory *)position;
        size_t stride = entry->size + sizeof(entry->size);

        if (stride < sizeof(*entry) || stride > (size_t)(end - position)) {
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
