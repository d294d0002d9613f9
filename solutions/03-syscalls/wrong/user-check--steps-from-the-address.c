/*
 * exercise: user-check
 * test: check-pages
 * says: allowed memory that may not be accessed
 * mistake: Goes from the address in steps of a page, without going back to the page's
 *   beginning. A piece that begins late on one page and ends early on another one leaves the
 *   last page out.
 */
enum error user_check(uintptr_t address, size_t size, unsigned rights)
{
    if (size == 0) {
        return ERROR_NONE;
    }
    if (address < MEMORY_START || address >= MEMORY_END || size > MEMORY_END - address) {
        return ERROR_BAD_ADDRESS;
    }
    for (uintptr_t at = address; at < address + size; at += PAGE_SIZE) {
        if (user_memory_find(at, rights) == NULL) {
            return ERROR_BAD_ADDRESS;
        }
    }
    return ERROR_NONE;
}
