/*
 * exercise: page-map
 * test: map-refused
 * says: is not as it was mapped first
 * mistake: Says ERROR_BUSY, and maps the new page all the same.
 */
enum error page_map(uint64_t root, uintptr_t address, uint64_t frame, unsigned rights)
{
    uint64_t *entry = &table_at(root)[table_index(address, LEVELS)];

    for (unsigned level = LEVELS - 1; level > 0; level--) {
        if (*entry == 0) {
            uint64_t table = page_table_take();

            if (table == 0) {
                return ERROR_NO_MEMORY;
            }
            *entry = table | TABLE_FLAGS;
        }
        entry = &table_at(*entry)[table_index(address, level)];
    }
    int busy = *entry != 0;

    *entry = frame | page_flags(rights);
    return busy ? ERROR_BUSY : ERROR_NONE;
}
