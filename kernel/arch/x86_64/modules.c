/**
 * @file
 * Reading the loader's list of modules (Multiboot Specification 0.6.96, section 3.3, mods_addr).
 */
#include "arch/modules.h"

#include "arch/paging.h"
#include "arch/x86_64/multiboot.h"

#define MULTIBOOT_HAS_MODULES (1u << 3)

/** An entry of the list. Addresses are physical. */
struct multiboot_module {
    uint32_t start, end;
    uint32_t string; /**< what follows "module" in the loader's configuration; 0: nothing */
    uint32_t reserved;
};

extern const uint32_t multiboot_magic, multiboot_address; /* multiboot.c */

struct module_list modules;

/** The first word of a string, without what stands up to its last slash; cut off to fit. */
static void copy_name(char name[MODULE_NAME_SIZE], const char *from)
{
    size_t length = 0;

    for (; *from != '\0' && *from != ' '; from++) {
        if (*from == '/') {
            length = 0;
        } else if (length < MODULE_NAME_SIZE - 1) {
            name[length++] = *from;
        }
    }
    name[length] = '\0';
}

/**
 * An init step: copies the list. Modules behind the last that fits are left out.
 */
void modules_init(void)
{
    const struct multiboot_info *info = paging_window(multiboot_address);

    if (multiboot_magic != MULTIBOOT_MAGIC || (info->flags & MULTIBOOT_HAS_MODULES) == 0) {
        return;
    }
    for (; modules.count < MODULE_LIMIT && modules.count < info->modules_count; modules.count++) {
        const struct multiboot_module *list = paging_window(info->modules);
        const struct multiboot_module *entry = &list[modules.count];
        struct module *module = &modules.items[modules.count];

        module->memory = (struct memory_range){entry->start, entry->end};
        if (entry->string != 0) {
            copy_name(module->name, paging_window(entry->string));
        }
    }
}
