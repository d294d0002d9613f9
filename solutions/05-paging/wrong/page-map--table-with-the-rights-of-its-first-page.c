/*
 * exercise: page-map
 * test: map-rights
 * says: an entry of level \d that leads to a table, for 0x[0-9a-f]+, has the wrong flags
 * mistake: Gives a new table the rights of the page that it is made for: under a table that is
 *   made for constants nothing can ever be written.
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
            *entry = table | page_flags(rights);
        }
        entry = &table_at(*entry)[table_index(address, level)];
    }
    if (*entry != 0) {
        return ERROR_BUSY;
    }
    *entry = frame | page_flags(rights);
    return ERROR_NONE;
}
