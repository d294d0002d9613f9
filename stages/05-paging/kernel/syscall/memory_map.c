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
 * @return ERROR_NONE; what memory_find_part(), memory_check_count() and space_add() refuse
 *         with
 */
struct call_result syscall_memory_map(uint64_t task, uint64_t address, uint64_t extent)
{
    struct memory_part part;
    enum error error = memory_find_part(task, address, extent, &part);

    if (error == ERROR_NONE) {
        error = memory_check_count(&part);
    }
    if (error == ERROR_NONE) {
        error = space_add(&part.run, part.rights);
    }
    if (error == ERROR_NONE) {
        part.thread->pages += part.run.pages;
    }
    return (struct call_result){error, 0};
}
