/*
 * exercise: space-destroy
 * test: destroy-tree
 * says: does not give every (page|table) back
 * mistake: Begins with entry 1.
 */
static void destroy_table(uint64_t table, unsigned level, size_t entries)
{
    for (size_t i = 1; i < entries; i++) {
        uint64_t entry = table_at(table)[i];

        if (entry == 0) {
            continue;
        }
        if (level == 1) {
            page_frame_drop(entry & PAGE_ADDRESS);
        } else {
            destroy_table(entry & PAGE_ADDRESS, level - 1, TABLE_ENTRIES);
        }
    }
    page_table_give(table);
}
