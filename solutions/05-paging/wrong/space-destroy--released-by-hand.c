/*
 * exercise: space-destroy
 * test: destroy-cycles
 * says: a frame that is still shown is not as it was|the number of frames that the first space's end sets free is wrong|did not return|panicked
 * mistake: Clears the pages before it drops them, for nobody to read what was in them; but
 *   somebody else may still show them.
 */
static void destroy_table(uint64_t table, unsigned level, size_t entries)
{
    for (size_t i = 0; i < entries; i++) {
        uint64_t entry = table_at(table)[i];

        if (entry == 0) {
            continue;
        }
        if (level == 1) {
            for (size_t word = 0; word < TABLE_ENTRIES; word++) {
                table_at(entry)[word] = 0;
            }
            page_frame_drop(entry & PAGE_ADDRESS);
        } else {
            destroy_table(entry & PAGE_ADDRESS, level - 1, TABLE_ENTRIES);
        }
    }
    page_table_give(table);
}
