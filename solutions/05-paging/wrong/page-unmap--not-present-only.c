/*
 * exercise: page-unmap
 * test: unmap-entries
 * says: the page's entry is not 0|returns the wrong frame when the page was taken away before
 * mistake: Clears PAGE_PRESENT alone. The CPU is content, but for page_map() the place is taken
 *   for ever.
 */
uint64_t page_unmap(uint64_t root, uintptr_t address)
{
    uint64_t *entry = find_entry(root, address);
    uint64_t frame;

    if (entry == NULL) {
        return 0;
    }
    frame = *entry & PAGE_ADDRESS;
    *entry &= ~PAGE_PRESENT;
    forget(root, address);
    return frame;
}
