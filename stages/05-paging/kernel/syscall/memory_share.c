/**
 * @file
 * memory_share: the same memory in another task.
 */
#include "abi/call.h"
#include "syscall/memory_part.h"

/**
 * Shows pages of the caller in a task that it has made, or elsewhere in its own memory: the same
 * frames, with the same rights or fewer.
 *
 * @param task    the task's name; 0: the caller
 * @param to      address of the first page there
 * @param from    address of the first page in the caller
 * @param extent  MEMORY_EXTENT(pages, rights)
 * @return ERROR_NONE; what memory_find_part(), memory_check_count() and space_share() refuse
 *         with
 */
struct call_result syscall_memory_share(uint64_t task, uint64_t to, uint64_t from, uint64_t extent)
{
    struct memory_part part, source;
    enum error error = memory_find_part(task, to, extent, &part);

    if (error == ERROR_NONE) {
        error = memory_find_part(0, from, extent, &source);
    }
    if (error == ERROR_NONE) {
        error = memory_check_count(&part);
    }
    if (error == ERROR_NONE) {
        error = space_share(&part.run, source.run.root, source.run.address, part.rights);
    }
    if (error == ERROR_NONE) {
        part.thread->pages += part.run.pages;
    }
    return (struct call_result){error, 0};
}
