/*
 * exercise: space-destroy
 * test: destroy-cycles
 * says: the number of frames that the first space's end sets free is wrong
 * mistake: Stops at the first entry that is 0, as if tables were filled from the front.
 */
static void destroy_table(uint64_t table, unsigned level, size_t entries)
{
    for (size_t i = 0; i < entries; i++) {
        uint64_t entry = table_at(table)[i];

        if (entry == 0) {
            break;
        }
        if (level == 1) {
            page_frame_drop(entry & PAGE_ADDRESS);
        } else {
            destroy_table(entry & PAGE_ADDRESS, level - 1, TABLE_ENTRIES);
        }
    }
    page_table_give(table);
}
