/*
 * exercise: space-create
 * test: create
 * says: has written to physical memory from 0 on
 * mistake: Fills the root before it asks whether there is one.
 */
uint64_t page_create(void)
{
    uint64_t root = page_table_take();

    for (size_t i = USER_ENTRIES; i < TABLE_ENTRIES; i++) {
        table_at(root)[i] = table_at(kernel_root)[i];
    }
    return root;
}
