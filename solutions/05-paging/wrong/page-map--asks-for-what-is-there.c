/*
 * exercise: page-map
 * test: map-refused
 * says: returns the wrong error|hang nowhere|takes too many
 * mistake: Takes a table before it knows whether one is missing, and forgets about it when none
 *   is.
 */
enum error page_map(uint64_t root, uintptr_t address, uint64_t frame, unsigned rights)
{
    uint64_t *entry = &table_at(root)[table_index(address, LEVELS)];

    for (unsigned level = LEVELS - 1; level > 0; level--) {
        uint64_t table = page_table_take();

        if (table == 0) {
            return ERROR_NO_MEMORY;
        }
        if (*entry == 0) {
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
