/*
 * exercise: space-create
 * test: create
 * says: entry \d+ of a new root, in the kernel's half, is wrong
 * mistake: Copies the last entry, where the image is, and forgets the window on all memory.
 */
uint64_t page_create(void)
{
    uint64_t root = page_table_take();

    if (root == 0) {
        return 0;
    }
    for (size_t i = TABLE_ENTRIES - 1; i < TABLE_ENTRIES; i++) {
        table_at(root)[i] = table_at(kernel_root)[i];
    }
    return root;
}
