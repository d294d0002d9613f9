/*
 * exercise: user-check
 * test: check-edges
 * says: allowed memory that may not be accessed
 * mistake: Adds size to address before comparing: for a huge size the sum comes out small
 *   again, the end lies before the beginning, and no page is looked at.
 */
enum error user_check(uintptr_t address, size_t size, unsigned rights)
{
    if (size == 0) {
        return ERROR_NONE;
    }
    if (address < MEMORY_START || address + size > MEMORY_END) {
        return ERROR_BAD_ADDRESS;
    }
    for (uintptr_t page = address - address % PAGE_SIZE; page < address + size; page += PAGE_SIZE) {
        if (user_memory_find(page, rights) == NULL) {
            return ERROR_BAD_ADDRESS;
        }
    }
    return ERROR_NONE;
}
