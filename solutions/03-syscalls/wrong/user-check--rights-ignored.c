/*
 * exercise: user-check
 * test: check-pages
 * says: allowed memory that may not be accessed
 * mistake: Asks whether something is mapped, not with which rights: the kernel writes to a
 *   program's read-only pages for it.
 */
enum error user_check(uintptr_t address, size_t size, unsigned rights)
{
    if (size == 0) {
        return ERROR_NONE;
    }
    if (address < MEMORY_START || address >= MEMORY_END || size > MEMORY_END - address) {
        return ERROR_BAD_ADDRESS;
    }
    (void)rights;
    for (uintptr_t page = address - address % PAGE_SIZE; page < address + size; page += PAGE_SIZE) {
        if (user_memory_find(page, MEMORY_READ) == NULL) {
            return ERROR_BAD_ADDRESS;
        }
    }
    return ERROR_NONE;
}
