/*
 * exercise: page-map
 * test: map-refused
 * says: returns the wrong error when a page is mapped there
 * mistake: Takes a page for its own when the frame is the same: a second call changes what the page
 *   may be used for, and says that it has mapped it.
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
    if (*entry != 0 && (*entry & PAGE_ADDRESS) != frame) {
        return ERROR_BUSY;
    }
    *entry = frame | page_flags(rights);
    return ERROR_NONE;
}
