/*
 * exercise: space-destroy
 * test: destroy-tree
 * says: more than once|reads in a table that it has given back already
 * mistake: Gives a table back where it finds the entry, and once more in the call that it makes
 *   for it.
 */
static void destroy_table(uint64_t table, unsigned level, size_t entries)
{
    for (size_t i = 0; i < entries; i++) {
        uint64_t entry = table_at(table)[i];

        if (entry == 0) {
            continue;
        }
        if (level == 1) {
            page_frame_drop(entry & PAGE_ADDRESS);
        } else {
            destroy_table(entry & PAGE_ADDRESS, level - 1, TABLE_ENTRIES);
            page_table_give(entry & PAGE_ADDRESS);
        }
    }
    page_table_give(table);
}
