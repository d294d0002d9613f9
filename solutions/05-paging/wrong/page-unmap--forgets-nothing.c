/*
 * exercise: page-unmap
 * test: unmap-forgets
 * says: the CPU still knows it: it can be read
 * mistake: Takes the entry away and leaves the CPU what it remembers of it: the program goes on
 *   using a frame that somebody else may have by now.
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
    return frame;
}
