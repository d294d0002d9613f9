/*
 * exercise: user-check
 * test: check-pages
 * says: allowed memory that may not be accessed
 * mistake: Looks up the page of the first byte and that of the last one. A page in the middle
 *   may be missing.
 */
enum error user_check(uintptr_t address, size_t size, unsigned rights)
{
    if (size == 0) {
        return ERROR_NONE;
    }
    if (address < MEMORY_START || address >= MEMORY_END || size > MEMORY_END - address) {
        return ERROR_BAD_ADDRESS;
    }
    if (user_memory_find(address, rights) == NULL ||
        user_memory_find(address + size - 1, rights) == NULL) {
        return ERROR_BAD_ADDRESS;
    }
    return ERROR_NONE;
}
