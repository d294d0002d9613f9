/**
 * @file
 * The boot modules' memory.
 */
#include "mm/program_files.h"

#include "lib/string.h"
#include "mm/memory.h"

/**
 * An init step: takes the modules' memory out of what is free. They stay: a program can be started
 * again and again.
 */
void program_files_reserve(void)
{
    for (size_t i = 0; i < modules.count; i++) {
        memory_map_remove(&memory_free, modules.items[i].memory.start, modules.items[i].memory.end);
    }
}

/**
 * @param name  ends with NUL
 * @return the first module of this name; NULL when there is none
 */
const struct module *program_files_find(const char *name)
{
    for (size_t i = 0; i < modules.count; i++) {
        if (strcmp(modules.items[i].name, name) == 0) {
            return &modules.items[i];
        }
    }
    return NULL;
}
