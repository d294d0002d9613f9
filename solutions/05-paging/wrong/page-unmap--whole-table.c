/*
 * exercise: page-unmap
 * test: unmap-entries
 * says: which nobody has taken away, is not as it was|returns the wrong frame when frame
 * mistake: Takes the table of level 1 away with the page: its neighbours are gone, too.
 */
uint64_t page_unmap(uint64_t root, uintptr_t address)
{
    uint64_t *entry = find_entry(root, address);
    uint64_t frame;

    if (entry == NULL) {
        return 0;
    }
    frame = *entry & PAGE_ADDRESS;
    table_at(root)[table_index(address, LEVELS)] = 0;
    forget(root, address);
    return frame;
}
