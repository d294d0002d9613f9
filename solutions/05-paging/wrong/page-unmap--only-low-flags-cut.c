/*
 * exercise: page-unmap
 * test: unmap-entries
 * says: returns the wrong frame when frame
 * mistake: Cuts off the lowest twelve bits of the entry, and returns PAGE_NO_EXECUTE along with
 *   the address.
 */
uint64_t page_unmap(uint64_t root, uintptr_t address)
{
    uint64_t *entry = find_entry(root, address);
    uint64_t frame;

    if (entry == NULL) {
        return 0;
    }
    frame = *entry & ~(uint64_t)(PAGE_SIZE - 1);
    *entry = 0;
    forget(root, address);
    return frame;
}
