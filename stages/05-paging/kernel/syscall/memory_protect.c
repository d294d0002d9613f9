/**
 * @file
 * memory_protect: other rights to pages.
 */
#include "abi/call.h"
#include "syscall/memory_part.h"

/**
 * Changes what pages may be used for. A right that a page does not have can be added only while no
 * other page shows its frame: what has been shared read-only stays so.
 *
 * @param task     the task's name; 0: the caller
 * @param address  of the first page
 * @param extent   MEMORY_EXTENT(pages, rights)
 * @return ERROR_NONE; what memory_find_part() and space_protect() refuse with
 */
struct call_result syscall_memory_protect(uint64_t task, uint64_t address, uint64_t extent)
{
    struct memory_part part;
    enum error error = memory_find_part(task, address, extent, &part);

    if (error == ERROR_NONE) {
        error = space_protect(&part.run, part.rights);
    }
    return (struct call_result){error, 0};
}
