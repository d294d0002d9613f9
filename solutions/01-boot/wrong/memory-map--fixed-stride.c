/*
 * exercise: memory-map
 * test: memory-map-entries
 * says: what it found is wrong
 * mistake: Treats the map as an array and goes on with entry++. QEMU and GRUB write entries of just
 *     this size, so the boot is right on both; the specification allows longer ones.
 */
size_t multiboot_read_memory(const void *map, size_t length, struct memory_range *ranges,
                             size_t limit)
{
    const struct multiboot_memory *entry = map;
    size_t entries = length / sizeof(*entry);
    size_t count = 0;

    for (size_t i = 0; i < entries && count < limit; i++, entry++) {
        if (entry->type == MULTIBOOT_MEMORY_AVAILABLE && entry->length > 0) {
            ranges[count].start = entry->base;
            ranges[count].end = entry->base + entry->length;
            count++;
        }
    }
    return count;
}
