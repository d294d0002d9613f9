/**
 * @file
 * What a task has in the area that all share: the pages of its program's image, and a stack and an
 * IPC buffer in a slot that goes with its control block.
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

/** The IPC buffer stands in the middle of the slot's lower half, with nothing mapped around it. */
static uintptr_t buffer_of(const struct thread *thread)
{
    return stack_of(thread).end - USER_STACK_SLOT + USER_STACK_SLOT / 4;
}

/**
 * Gives a thread its stack, below which nothing is mapped, and its IPC buffer.
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
    *places = (struct program_places){stack.end, buffer_of(thread)};
    if (error == ERROR_NONE) {
        error = program_add_page(thread, places->buffer, MEMORY_READ | MEMORY_WRITE, &view);
        thread->buffer = (uint64_t *)view;
    }
    return error;
}

/**
 * Gives back a thread's memory.
 */
void program_release_memory(struct thread *thread)
{
    program_release_range(thread->image);
    program_release_range(stack_of(thread));
    program_release_range((struct memory_range){buffer_of(thread), buffer_of(thread) + PAGE_SIZE});
}
