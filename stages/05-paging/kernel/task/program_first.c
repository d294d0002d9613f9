/**
 * @file
 * The first task: the kernel starts it, and it starts the others.
 */
#include "abi/memory_files.h"
#include "arch/machine.h"
#include "arch/modules.h"
#include "arch/page_table.h"
#include "arch/paging.h"
#include "debug/panic.h"
#include "debug/printk.h"
#include "lib/string.h"
#include "task/program.h"

static struct thread *first_task;

/** Shows a boot module to the first task, which is to start programs from it. */
static void show_module(const struct module *module, struct memory_file *file, uintptr_t address)
{
    uint64_t size = module->memory.end - module->memory.start;

    memcpy(file->name, module->name, sizeof(file->name));
    file->address = address;
    file->size = size;
    for (uint64_t offset = 0; offset < size; offset += PAGE_SIZE) {
        enum error error = page_map(first_task->root, address + offset,
                                    module->memory.start + offset, MEMORY_READ | MEMORY_EXECUTE);

        if (error != ERROR_NONE) {
            panic("program_start_first: showing %s: %s", module->name, error_name(error));
        }
        first_task->pages++;
    }
}

/** The list of files, and behind it the files, each on pages of its own. */
static void show_modules(void)
{
    uintptr_t address = MEMORY_FILES + PAGE_SIZE;
    struct memory_files *list;
    uint8_t *view;
    enum error error = program_add_page(first_task, MEMORY_FILES, MEMORY_READ, &view);

    if (error != ERROR_NONE) {
        panic("program_start_first: a page for the list of files: %s", error_name(error));
    }
    list = (struct memory_files *)view;
    for (list->count = 0; list->count < modules.count; list->count++) {
        struct memory_file *file = &list->files[list->count];

        show_module(&modules.items[list->count], file, address);
        address += (file->size + PAGE_SIZE - 1) / PAGE_SIZE * PAGE_SIZE;
    }
}

/**
 * Starts the first program, that of the first module, and shows it all modules.
 */
void program_start_first(void)
{
    const char *name = modules.items[0].name;
    enum error error;

    if (modules.count == 0) {
        panic("program_start_first: expected programs as boot modules (-initrd), found none");
    }
    error = program_start(name, 0, &first_task);
    if (error != ERROR_NONE) {
        panic("program_start_first: %s: %s", name, error_name(error));
    }
    show_modules();
}

static bool is_alive(thread_id id)
{
    const struct thread *thread = thread_lookup(id);

    return thread != NULL && thread->state != THREAD_ENDED;
}

/**
 * Ends a task. With the first one the system ends: nobody is left to start anything.
 *
 * @param thread  in no queue
 * @param status  its exit status
 */
void program_end(struct thread *thread, int64_t status)
{
    thread_end(thread, status);
    if (thread->state == THREAD_ENDED && !is_alive(thread->pager)) {
        thread_reclaim(thread); /* nobody is left who would join it */
    }
    if (thread == first_task) {
        printk("[kernel] %s has ended with status %ld\n", thread->name, status);
        machine_stop(STOP_DONE);
    }
}

_Static_assert(sizeof(struct memory_files) <= PAGE_SIZE && MODULE_LIMIT <= MEMORY_FILES_MAX &&
                   MODULE_NAME_SIZE == MEMORY_FILE_NAME_SIZE,
               "the list of files is a page");
