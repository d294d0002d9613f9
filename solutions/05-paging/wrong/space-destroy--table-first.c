/*
 * exercise: space-destroy
 * test: destroy-tree
 * says: reads in a table that it has given back already
 * mistake: Gives a table back before it has looked at its entries.
 */
static void destroy_table(uint64_t table, unsigned level, size_t entries)
{
    page_table_give(table);
    for (size_t i = 0; i < entries; i++) {
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
}
