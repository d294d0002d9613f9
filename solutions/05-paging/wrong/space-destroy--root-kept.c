/*
 * exercise: space-destroy
 * test: destroy-tree
 * says: a root is missing
 * mistake: Gives the tables below the root back and keeps the root: a frame is lost with each
 *   task.
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
        }
    }
    if (level < LEVELS) {
        page_table_give(table);
    }
}
