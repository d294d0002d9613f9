/**
 * @file
 * memory_map: new memory.
 */
#include "abi/call.h"
#include "syscall/memory_part.h"

/**
 * Maps new memory, all of it 0.
 *
 * @param task     the task's name; 0: the caller
 * @param address  of the first page
 * @param extent   MEMORY_EXTENT(pages, rights)
 * @return ERROR_NONE; what memory_find_part() and space_add() refuse with
 */
struct call_result syscall_memory_map(uint64_t task, uint64_t address, uint64_t extent)
{
    struct space_part part;
    unsigned rights;
    enum error error = memory_find_part(task, address, extent, &part, &rights);

    if (error == ERROR_NONE) {
        error = space_add(&part, rights);
    }
    return (struct call_result){error, 0};
}
