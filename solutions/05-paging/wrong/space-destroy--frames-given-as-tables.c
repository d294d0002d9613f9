/*
 * exercise: space-destroy
 * test: destroy-tree
 * says: gives a table to page_table_give\(\) that is none of the space's|does not give every page back
 * mistake: Gives pages back as if they were tables. The counters of shared frames do not hear of
 *   it by that name.
 */
static void destroy_table(uint64_t table, unsigned level, size_t entries)
{
    for (size_t i = 0; i < entries; i++) {
        uint64_t entry = table_at(table)[i];

        if (entry == 0) {
            continue;
        }
        if (level == 1) {
            page_table_give(entry & PAGE_ADDRESS);
        } else {
            destroy_table(entry & PAGE_ADDRESS, level - 1, TABLE_ENTRIES);
        }
    }
    page_table_give(table);
}
