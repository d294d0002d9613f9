/*
 * exercise: memory-map
 * test: memory-map-real
 * says: of a machine of 4096 MB is wrong
 * mistake: Copies base and length into 32-bit variables. On machines with little memory nothing is
 *     lost; the part of a big one that stands above 4 GB is folded onto address 0.
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
        uint32_t base = (uint32_t)entry->base;
        uint32_t bytes = (uint32_t)entry->length;

        if (stride < sizeof(*entry) || stride > (size_t)(end - position)) {
            break;
        }
        if (entry->type == MULTIBOOT_MEMORY_AVAILABLE && bytes > 0) {
            ranges[count].start = base;
            ranges[count].end = base + bytes;
            count++;
        }
        position += stride;
    }
    return count;
}
