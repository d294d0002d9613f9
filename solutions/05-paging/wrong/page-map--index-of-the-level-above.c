/*
 * exercise: page-map
 * test: map-places
 * says: the page at 0x[0-9a-f]+ is not mapped to its frame|returns the wrong error|are not where they have to be
 * mistake: Takes the index of the level above in each table: two levels are looked up with the
 *   same bits, and the last nine are never used.
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
        entry = &table_at(*entry)[table_index(address, level + 1)];
    }
    if (*entry != 0) {
        return ERROR_BUSY;
    }
    *entry = frame | page_flags(rights);
    return ERROR_NONE;
}
