/**
 * @file
 * What a task has in the area that all share: the pages of its program's image, and a stack in a
 * slot that goes with its control block.
 */
#include "task/program_memory.h"

#include "arch/paging.h"
#include "arch/user_memory.h"
#include "task/program_area.h"

static struct memory_range stack_of(const struct thread *thread)
{
    uintptr_t end = USER_STACKS_START + (uintptr_t)(thread - threads + 1) * USER_STACK_SLOT;

    return (struct memory_range){end - PROGRAM_STACK_SIZE, end};
}

/**
 * Gives a thread its stack, below which nothing is mapped.
 *
 * @param thread  whose
 * @param places  set
 * @return ERROR_NONE; ERROR_NO_MEMORY
 */
enum error program_add_places(struct thread *thread, struct program_places *places)
{
    struct memory_range stack = stack_of(thread);
    enum error error = ERROR_NONE;
    uint8_t *view;

    for (uintptr_t page = stack.start; error == ERROR_NONE && page < stack.end; page += PAGE_SIZE) {
        error = program_add_page(thread, page, MEMORY_READ | MEMORY_WRITE, &view);
    }
    *places = (struct program_places){.stack_end = stack.end};
    return error;
}

/**
 * Gives back a thread's memory.
 */
void program_release_memory(struct thread *thread)
{
    program_release_range(thread->image);
    program_release_range(stack_of(thread));
}
