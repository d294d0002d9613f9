/*
 * exercise: user-check
 * test: check-pages
 * says: allowed memory that may not be accessed
 * mistake: Takes size / PAGE_SIZE, rounded up, for the number of pages. Two bytes can touch
 *   two pages.
 */
enum error user_check(uintptr_t address, size_t size, unsigned rights)
{
    if (size == 0) {
        return ERROR_NONE;
    }
    if (address < MEMORY_START || address >= MEMORY_END || size > MEMORY_END - address) {
        return ERROR_BAD_ADDRESS;
    }
    for (size_t i = 0; i < (size + PAGE_SIZE - 1) / PAGE_SIZE; i++) {
        if (user_memory_find(address - address % PAGE_SIZE + i * PAGE_SIZE, rights) == NULL) {
            return ERROR_BAD_ADDRESS;
        }
    }
    return ERROR_NONE;
}
