/**
 * @file
 * The memory that becomes untyped: all that nothing uses when the root task is made.
 */
#include "object/object.h"

#include "arch/modules.h"
#include "mm/memory.h"

/** Takes the largest run out of memory_free. */
static struct root_memory take_largest(void)
{
    struct memory_range largest = memory_free.ranges[0];

    for (size_t i = 1; i < memory_free.count; i++) {
        struct memory_range range = memory_free.ranges[i];

        if (range.end - range.start > largest.end - largest.start) {
            largest = range;
        }
    }
    memory_map_remove(&memory_free, largest.start, largest.end);
    return (struct root_memory){largest.start, largest.end - largest.start};
}

/**
 * Takes all memory but the boot modules' out of memory_free, the largest runs first. What does not
 * fit into the root task's list stays the kernel's.
 *
 * @param info  all 0; what it says of memory is set
 */
void root_memory_collect(struct root_info *info)
{
    for (size_t i = 0; i < modules.count; i++) {
        memory_map_remove(&memory_free, modules.items[i].memory.start, modules.items[i].memory.end);
    }
    for (size_t i = 0; i < boot_info.memory_count; i++) {
        info->memory_total += boot_info.memory[i].end - boot_info.memory[i].start;
    }
    info->kernel_reserve = info->memory_total;
    while (memory_free.count > 0 && info->untyped_count < ROOT_UNTYPED_MAX) {
        struct root_memory run = take_largest();

        info->untyped[info->untyped_count++] = run;
        info->kernel_reserve -= run.bytes;
    }
}
