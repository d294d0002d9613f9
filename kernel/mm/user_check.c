/**
 * @file
 * A user program's pointers: believed only after a look at what is there.
 *
 * The kernel never follows a user address. It looks up each page in the page tables, and reads and
 * writes through its own window on all memory. So no page fault can happen on the way, nothing can
 * change between check and use (the kernel is not interrupted), and SMAP never has to be lifted.
 * What is not mapped at the moment of the call is refused, even if a touch would bring it: a
 * program that hands over an address touches it first.
 */
#include "mm/user_check.h"

#include "arch/paging.h"
#include "arch/user_memory.h"
#include "lib/string.h"

/**
 * Checks whether a program may access a piece of memory: it lies between MEMORY_START and
 * MEMORY_END, and each page that it touches is mapped with the rights (user_memory_find()).
 *
 * @param address  of the first byte: any number, as the program gave it
 * @param size     in bytes: any number; of 0 bytes every address is right
 * @param rights   MEMORY_READ to read it, MEMORY_WRITE to write to it
 * @return ERROR_NONE; ERROR_BAD_ADDRESS
 */
enum error user_check(uintptr_t address, size_t size, unsigned rights)
{
    if (size == 0) {
        return ERROR_NONE;
    }
    if (address < MEMORY_START || address >= MEMORY_END || size > MEMORY_END - address) {
        return ERROR_BAD_ADDRESS;
    }
    for (uintptr_t page = address - address % PAGE_SIZE; page < address + size; page += PAGE_SIZE) {
        if (user_memory_find(page, rights) == NULL) {
            return ERROR_BAD_ADDRESS;
        }
    }
    return ERROR_NONE;
}

/**
 * Copies from a program's memory.
 *
 * @param to    the kernel's memory
 * @param from  address in the program
 * @param size  in bytes
 * @return ERROR_NONE; ERROR_BAD_ADDRESS, and nothing is copied
 */
enum error user_copy_in(void *to, uintptr_t from, size_t size)
{
    uint8_t *target = to;
    enum error error = user_check(from, size, MEMORY_READ);

    while (error == ERROR_NONE && size > 0) {
        size_t rest = PAGE_SIZE - from % PAGE_SIZE; /* of the page */
        size_t part = size < rest ? size : rest;

        memcpy(target, user_memory_find(from, MEMORY_READ), part);
        target += part;
        from += part;
        size -= part;
    }
    return error;
}
