/*
 * exercise: page-map
 * test: map-places
 * says: is not mapped to its frame|takes too many tables
 * mistake: Makes a new table at each step, also where there is one: every page but the last one
 *   of a table is lost, and the tables with it.
 */
enum error page_map(uint64_t root, uintptr_t address, uint64_t frame, unsigned rights)
{
    uint64_t *entry = &table_at(root)[table_index(address, LEVELS)];

    for (unsigned level = LEVELS - 1; level > 0; level--) {
        if (level < LEVELS) {
            uint64_t table = page_table_take();

            if (table == 0) {
                return ERROR_NO_MEMORY;
            }
            *entry = table | TABLE_FLAGS;
        }
        entry = &table_at(*entry)[table_index(address, level)];
    }
    if (*entry != 0) {
        return ERROR_BUSY;
    }
    *entry = frame | page_flags(rights);
    return ERROR_NONE;
}
