/*
 * exercise: user-check
 * test: check-pages
 * says: allowed memory that may not be accessed
 * mistake: Looks the first page up and trusts that the rest is like it.
 */
enum error user_check(uintptr_t address, size_t size, unsigned rights)
{
    if (size == 0) {
        return ERROR_NONE;
    }
    if (address < MEMORY_START || address >= MEMORY_END || size > MEMORY_END - address) {
        return ERROR_BAD_ADDRESS;
    }
    if (user_memory_find(address, rights) == NULL) {
        return ERROR_BAD_ADDRESS;
    }
    return ERROR_NONE;
}
