/*
 * exercise: page-unmap
 * test: unmap-forgets
 * says: the CPU still knows it
 * mistake: Lets the CPU forget, looks at the page once more, and only then takes the entry away.
 */
uint64_t page_unmap(uint64_t root, uintptr_t address)
{
    uint64_t *entry = find_entry(root, address);
    uint64_t frame;

    if (entry == NULL) {
        return 0;
    }
    frame = *entry & PAGE_ADDRESS;
    forget(root, address);
    __asm__ volatile("stac\n\tmovb (%0), %%al\n\tclac" : : "r"(address) : "rax", "memory");
    *entry = 0;
    return frame;
}
