/*
 * exercise: space-destroy
 * test: destroy-tree
 * says: does not give every page back
 * mistake: Gives back the tables alone.
 */
static void destroy_table(uint64_t table, unsigned level, size_t entries)
{
    for (size_t i = 0; i < entries; i++) {
        uint64_t entry = table_at(table)[i];

        if (entry == 0) {
            continue;
        }
        if (level == 1) {
            continue;
        } else {
            destroy_table(entry & PAGE_ADDRESS, level - 1, TABLE_ENTRIES);
        }
    }
    page_table_give(table);
}
