/**
 * @file
 * memory_unmap: gives memory back.
 */
#include "abi/call.h"
#include "syscall/memory_part.h"

/**
 * Takes pages away; a frame that no other page shows is free then. Pages that are not mapped stay
 * so.
 *
 * @param task     the task's name; 0: the caller
 * @param address  of the first page
 * @param extent   MEMORY_EXTENT(pages, rights); the rights mean nothing, but must be right
 * @return ERROR_NONE; what memory_find_part() refuses with
 */
struct call_result syscall_memory_unmap(uint64_t task, uint64_t address, uint64_t extent)
{
    struct memory_part part;
    enum error error = memory_find_part(task, address, extent, &part);

    if (error == ERROR_NONE) {
        part.thread->pages -= space_remove(&part.run);
    }
    return (struct call_result){error, 0};
}
