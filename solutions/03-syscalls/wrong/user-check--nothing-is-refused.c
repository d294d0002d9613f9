/*
 * exercise: user-check
 * test: check-edges
 * says: refused memory that may be accessed
 * mistake: Has no special case for 0 bytes, and refuses them where nothing is mapped.
 */
enum error user_check(uintptr_t address, size_t size, unsigned rights)
{
    if (address < MEMORY_START || address >= MEMORY_END || size > MEMORY_END - address) {
        return ERROR_BAD_ADDRESS;
    }
    if (user_memory_find(address, rights) == NULL) {
        return ERROR_BAD_ADDRESS;
    }
    for (uintptr_t page = address - address % PAGE_SIZE; page < address + size; page += PAGE_SIZE) {
        if (user_memory_find(page, rights) == NULL) {
            return ERROR_BAD_ADDRESS;
        }
    }
    return ERROR_NONE;
}
