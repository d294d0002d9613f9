/*
 * exercise: memory-map
 * test: memory-map-real
 * says: of a machine of 128 MB is wrong
 * mistake: The loader gives start and length, the kernel wants start and end. Copying the two
 *     fields over looks right, and is for the entry that starts at 0.
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

        if (stride < sizeof(*entry) || stride > (size_t)(end - position)) {
            break;
        }
        if (entry->type == MULTIBOOT_MEMORY_AVAILABLE && entry->length > 0) {
            ranges[count].start = entry->base;
            ranges[count].end = entry->length;
            count++;
        }
        position += stride;
    }
    return count;
}
