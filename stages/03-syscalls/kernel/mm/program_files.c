/**
 * @file
 * The boot modules' memory.
 */
#include "arch/modules.h"

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
