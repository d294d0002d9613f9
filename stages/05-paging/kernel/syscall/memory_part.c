/**
 * @file
 * What the memory calls have in common: whose memory, and which part of it.
 */
#include "syscall/memory_part.h"

#include "abi/memory.h"
#include "task/sched.h"

/**
 * Finds the task that a call is about: the caller itself, or one that it has made.
 *
 * @param task   its name; 0: the caller
 * @param found  set to its thread, which has not ended
 * @return ERROR_NONE; ERROR_NO_THREAD; ERROR_NO_RIGHT when it is another one's
 */
enum error memory_find_task(uint64_t task, struct thread **found)
{
    struct thread *thread = task == 0 ? sched.current : thread_lookup((thread_id){task});

    if (thread == NULL || thread->state == THREAD_ENDED) {
        return ERROR_NO_THREAD;
    }
    if (thread != sched.current && thread->pager.number != sched.current->id.number) {
        return ERROR_NO_RIGHT;
    }
    *found = thread;
    return ERROR_NONE;
}

/**
 * Reads the arguments of a memory call. The task is looked for first.
 *
 * @param task     see memory_find_task()
 * @param address  of the first page, any number
 * @param extent   MEMORY_EXTENT(pages, rights), any number
 * @param part     set
 * @return ERROR_NONE; what memory_find_task() refuses with; ERROR_INVALID_ARGUMENT for rights to
 *         write and execute, or none; what space_check() refuses with
 */
enum error memory_find_part(uint64_t task, uint64_t address, uint64_t extent,
                            struct memory_part *part)
{
    enum error error = memory_find_task(task, &part->thread);

    if (error != ERROR_NONE) {
        return error;
    }
    part->rights = MEMORY_EXTENT_RIGHTS(extent);
    if (part->rights == 0 || (part->rights & MEMORY_WRITE && part->rights & MEMORY_EXECUTE)) {
        return ERROR_INVALID_ARGUMENT;
    }
    part->run = (struct space_part){part->thread->root, address, MEMORY_EXTENT_PAGES(extent)};
    return space_check(address, part->run.pages);
}

/**
 * Checks whether a task may have as many pages more.
 *
 * @return ERROR_NONE; ERROR_NO_MEMORY when it would have more than MEMORY_TASK_PAGES_MAX
 */
enum error memory_check_count(const struct memory_part *part)
{
    bool fits = part->run.pages <= MEMORY_TASK_PAGES_MAX - part->thread->pages;

    return fits ? ERROR_NONE : ERROR_NO_MEMORY;
}
