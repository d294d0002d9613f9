/*
 * exercise: memory-map
 * test: memory-map-entries
 * says: of type 0x.*what it found is wrong
 * mistake: Takes over every entry. The map also lists what must not be touched: the firmware's
 *     tables, memory of devices, modules of memory that are broken.
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
        if (entry->length > 0) {
            ranges[count].start = entry->base;
            ranges[count].end = entry->base + entry->length;
            count++;
        }
        position += stride;
    }
    return count;
}
