/*
 * exercise: page-map
 * test: map-refused
 * says: returns the wrong error when a page is mapped there
 * mistake: Does not look whether a page is mapped there already: the old one is lost, and its
 *   frame with it.
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
    *entry = frame | page_flags(rights);
    return ERROR_NONE;
}
