/*
 * exercise: page-unmap
 * test: unmap-entries
 * says: returns the wrong frame when frame
 * mistake: Returns the entry as it is. Its flags are not part of the frame's address, and
 *   PAGE_NO_EXECUTE least of all.
 */
uint64_t page_unmap(uint64_t root, uintptr_t address)
{
    uint64_t *entry = find_entry(root, address);
    uint64_t frame;

    if (entry == NULL) {
        return 0;
    }
    frame = *entry;
    *entry = 0;
    forget(root, address);
    return frame;
}
