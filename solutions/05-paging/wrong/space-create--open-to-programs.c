/*
 * exercise: space-create
 * test: create
 * says: entry \d+ of a new root, in the kernel's half, is wrong
 * mistake: Adds PAGE_USER to the entries of the kernel's half.
 */
uint64_t page_create(void)
{
    uint64_t root = page_table_take();

    if (root == 0) {
        return 0;
    }
    for (size_t i = USER_ENTRIES; i < TABLE_ENTRIES; i++) {
        table_at(root)[i] = table_at(kernel_root)[i] | PAGE_USER;
    }
    return root;
}
