/*
 * exercise: space-create
 * test: create
 * says: entry 511 of a new root, in the kernel's half, is wrong
 * mistake: Stops one entry too early: the kernel's image is in the last one.
 */
uint64_t page_create(void)
{
    uint64_t root = page_table_take();

    if (root == 0) {
        return 0;
    }
    for (size_t i = USER_ENTRIES; i < TABLE_ENTRIES - 1; i++) {
        table_at(root)[i] = table_at(kernel_root)[i];
    }
    return root;
}
