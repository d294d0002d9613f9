/*
 * exercise: page-unmap
 * test: unmap-forgets
 * says: the CPU still knows it: it can be read
 * mistake: Gets the condition the wrong way round: the CPU is told only about spaces that are not
 *   loaded.
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
    if (root != page_loaded()) {
        __asm__ volatile("invlpg (%0)" : : "r"(address) : "memory");
    }
    return frame;
}
