/*
 * exercise: space-destroy
 * test: destroy-tree
 * says: did not return|that is none of the space's
 * mistake: Takes the frames of pages for tables, and looks for entries in them.
 */
static void destroy_table(uint64_t table, unsigned level, size_t entries)
{
    for (size_t i = 0; i < entries; i++) {
        uint64_t entry = table_at(table)[i];

        if (entry == 0) {
            continue;
        }
        if (level == 0) {
            page_frame_drop(entry & PAGE_ADDRESS);
        } else {
            destroy_table(entry & PAGE_ADDRESS, level - 1, TABLE_ENTRIES);
        }
    }
    page_table_give(table);
}
