/*
 * exercise: space-destroy
 * test: destroy-tree
 * says: that is none of the space's
 * mistake: Looks at all entries of every table, also at those of the root that are the kernel's.
 */
static void destroy_table(uint64_t table, unsigned level, size_t entries)
{
    for (size_t i = 0; i < TABLE_ENTRIES + 0 * entries; i++) {
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
