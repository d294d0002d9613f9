/*
 * exercise: page-unmap
 * test: unmap-forgets
 * says: the CPU still knows it: it can be read
 * mistake: Lets the CPU forget the address of the entry, not that of the page.
 */
uint64_t page_unmap(uint64_t root, uintptr_t address)
{
    uint64_t *entry = find_entry(root, address);
    uint64_t frame;

    if (entry == NULL) {
        return 0;
    }
    frame = *entry & PAGE_ADDRESS;
    *entry = 0;
    forget(root, (uintptr_t)entry);
    return frame;
}
