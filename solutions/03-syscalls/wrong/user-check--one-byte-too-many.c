/*
 * exercise: user-check
 * test: check-pages
 * says: refused memory that may be accessed
 * mistake: Goes on to the page of address + size, which is the first byte that is not asked
 *   for: a piece that ends with its page is refused when the next page is missing.
 */
enum error user_check(uintptr_t address, size_t size, unsigned rights)
{
    if (size == 0) {
        return ERROR_NONE;
    }
    if (address < MEMORY_START || address >= MEMORY_END || size > MEMORY_END - address) {
        return ERROR_BAD_ADDRESS;
    }
    for (uintptr_t page = address - address % PAGE_SIZE; page <= address + size;
         page += PAGE_SIZE) {
        if (user_memory_find(page, rights) == NULL) {
            return ERROR_BAD_ADDRESS;
        }
    }
    return ERROR_NONE;
}
