/*
 * exercise: page-unmap
 * test: unmap-entries
 * says: did not return|page_unmap\(root, .*\) returns the wrong frame
 * mistake: Does not ask whether there is a page.
 */
uint64_t page_unmap(uint64_t root, uintptr_t address)
{
    uint64_t *entry = find_entry(root, address);
    uint64_t frame;

    frame = *entry & PAGE_ADDRESS;
    *entry = 0;
    forget(root, address);
    return frame;
}
