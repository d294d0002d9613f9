/*
 * exercise: page-unmap
 * test: unmap-entries
 * says: returns the wrong frame when frame
 * mistake: Reads the frame after the entry has been cleared.
 */
uint64_t page_unmap(uint64_t root, uintptr_t address)
{
    uint64_t *entry = find_entry(root, address);
    uint64_t frame;

    if (entry == NULL) {
        return 0;
    }
    *entry = 0;
    frame = *entry & PAGE_ADDRESS;
    forget(root, address);
    return frame;
}
