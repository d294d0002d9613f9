/*
 * exercise: space-create
 * test: create
 * says: entry \d+ of a new root, in the program's half, is wrong
 * mistake: Copies the whole of the kernel's root. That is the same only as long as nothing stands
 *   in its lower half.
 */
uint64_t page_create(void)
{
    uint64_t root = page_table_take();

    if (root == 0) {
        return 0;
    }
    for (size_t i = 0; i < TABLE_ENTRIES; i++) {
        table_at(root)[i] = table_at(kernel_root)[i];
    }
    return root;
}
