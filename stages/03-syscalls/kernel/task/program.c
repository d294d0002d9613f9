/**
 * @file
 * Programs: from a boot module to a running task.
 */
#include "task/program.h"

#include "arch/modules.h"
#include "arch/paging.h"
#include "arch/user.h"
#include "lib/string.h"
#include "task/elf.h"
#include "task/program_memory.h"
#include "task/sched.h"

/** Gives a thread its memory, and registers to begin with. */
static enum error fill(struct thread *thread, const struct elf_file *file, uint64_t argument)
{
    enum error error = elf_load(file, thread);
    struct program_places places;

    if (error == ERROR_NONE) {
        error = program_add_places(thread, &places);
    }
    if (error == ERROR_NONE) {
        context_init_user(&thread->context, elf_entry(file), places.stack_end, argument,
                          places.buffer);
    }
    return error;
}

/** Makes a READY thread of a checked file. */
static enum error make_task(const char *name, const struct elf_file *file, uint64_t argument,
                            struct thread **made)
{
    enum error error = program_begin(name, &file->memory, made);

    if (error != ERROR_NONE) {
        return error;
    }
    error = fill(*made, file, argument);
    if (error != ERROR_NONE) {
        thread_release(*made);
        (*made)->state = THREAD_UNUSED;
    }
    return error;
}

/** The first module of a name; NULL when there is none. */
static const struct module *find_module(const char *name)
{
    size_t size = strlen(name) + 1;

    for (size_t i = 0; i < modules.count && size <= MODULE_NAME_SIZE; i++) {
        if (memcmp(modules.items[i].name, name, size) == 0) {
            return &modules.items[i];
        }
    }
    return NULL;
}

/**
 * Starts a program as a task of its own.
 *
 * @param name      its module's
 * @param argument  handed to it
 * @param started   set to its thread
 * @return ERROR_NONE; ERROR_NO_PROGRAM; ERROR_BAD_PROGRAM; ERROR_BUSY when something is mapped
 *         where it is linked: it is running already; ERROR_TOO_MANY_THREADS; ERROR_NO_MEMORY
 */
enum error program_start(const char *name, uint64_t argument, struct thread **started)
{
    const struct module *module = find_module(name);
    struct elf_file file;
    enum error error;

    if (module == NULL) {
        return ERROR_NO_PROGRAM;
    }
    file.bytes = paging_window(module->memory.start);
    file.size = module->memory.end - module->memory.start;
    error = elf_check(&file);
    if (error == ERROR_NONE) {
        error = make_task(name, &file, argument, started);
    }
    if (error == ERROR_NONE) {
        sched_make_ready(*started);
    }
    return error;
}
