/**
 * @file
 * The memory of tasks: each has an address space of its own.
 */
#include "task/program_memory.h"

#include "arch/page_destroy.h"
#include "arch/page_table.h"
#include "arch/paging.h"
#include "arch/user_memory.h"
#include "mm/space.h"

/**
 * Takes a control block for a task, with an address space in which there is nothing but the IPC
 * buffer.
 *
 * @param name   the program's
 * @param image  where it is linked; anywhere is right
 * @param begun  set to the thread, READY and in no queue
 * @return ERROR_NONE; ERROR_TOO_MANY_THREADS; ERROR_NO_MEMORY
 */
enum error program_begin(const char *name, const struct memory_range *image, struct thread **begun)
{
    struct thread *thread = thread_claim(name);
    uint8_t *buffer;

    (void)image;
    if (thread == NULL) {
        return ERROR_TOO_MANY_THREADS;
    }
    thread_prepare(thread);
    thread->root = page_create();
    if (thread->root == 0 || program_add_page(thread, MEMORY_BUFFER, MEMORY_READ | MEMORY_WRITE,
                                              &buffer) != ERROR_NONE) {
        program_release_memory(thread);
        thread->state = THREAD_UNUSED;
        return ERROR_NO_MEMORY;
    }
    thread->buffer = (uint64_t *)buffer;
    *begun = thread;
    return ERROR_NONE;
}

/**
 * Gives a thread a page, all of it 0.
 *
 * @param thread   whose
 * @param address  of the page; not mapped yet
 * @param rights   see enum memory_rights
 * @param view     set to where the kernel sees it
 * @return ERROR_NONE; ERROR_NO_MEMORY
 */
enum error program_add_page(struct thread *thread, uintptr_t address, unsigned rights,
                            uint8_t **view)
{
    enum error error = space_add(&(struct space_part){thread->root, address, 1}, rights);

    if (error == ERROR_NONE) {
        *view = paging_window(page_find(thread->root, address, &rights));
        thread->pages++;
    }
    return error;
}

/**
 * Gives a thread its stack; below it nothing is mapped, and nothing between it and the IPC buffer.
 *
 * @param thread  whose
 * @param places  set
 * @return ERROR_NONE; ERROR_NO_MEMORY
 */
enum error program_add_places(struct thread *thread, struct program_places *places)
{
    uintptr_t end = MEMORY_BUFFER - PAGE_SIZE;
    struct space_part stack = {thread->root, end - PROGRAM_STACK_SIZE,
                               PROGRAM_STACK_SIZE / PAGE_SIZE};

    enum error error = space_add(&stack, MEMORY_READ | MEMORY_WRITE);

    *places = (struct program_places){end, MEMORY_BUFFER};
    if (error == ERROR_NONE) {
        thread->pages += stack.pages;
    }
    return error;
}

/**
 * Gives back a thread's memory.
 */
void program_release_memory(struct thread *thread)
{
    uint64_t root = thread->root;

    if (root == 0 || root == page_kernel_root()) {
        return;
    }
    if (root == page_loaded()) {
        page_load(page_kernel_root());
    }
    thread->root = page_kernel_root();
    page_destroy(root);
}
