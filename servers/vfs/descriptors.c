/**
 * @file
 * Descriptors: finding, taking, sharing and dropping them.
 */
#include "descriptors.h"

#include <errno.h>
#include <stddef.h>

#include "open_file.h"

/**
 * Finds an open file.
 *
 * @param table       the process's
 * @param descriptor  any number
 * @return the file that the descriptor stands for; NULL when it stands for none
 */
struct open_file *descriptor_find(const struct descriptors *table, uint64_t descriptor)
{
    return descriptor < FILE_DESCRIPTORS ? table->files[descriptor] : NULL;
}

/**
 * Gives a file a descriptor: the lowest free one that is not below `lowest` (IEEE 1003.1, 2.14 File
 * Descriptor Allocation). The descriptor is a reference to the file: its `references` grow by 1.
 * When something is refused nothing has changed.
 *
 * @param table       the process's
 * @param file        what the descriptor is to stand for
 * @param lowest      any number
 * @param descriptor  set to the one that was taken, 0 to FILE_DESCRIPTORS - 1; means nothing if
 *                    something is refused
 * @return 0; EINVAL when `lowest` is no descriptor; EMFILE when all from there on are taken
 */
int descriptor_take(struct descriptors *table, struct open_file *file, uint64_t lowest,
                    uint64_t *descriptor)
{
    if (lowest >= FILE_DESCRIPTORS) {
        return EINVAL;
    }
    for (uint64_t i = lowest; i < FILE_DESCRIPTORS; i++) {
        if (table->files[i] == NULL) {
            table->files[i] = file;
            file->references++;
            *descriptor = i;
            return 0;
        }
    }
    return EMFILE;
}

/**
 * Copies a descriptor to a certain place, of the same process or of another one: afterwards both
 * stand for the same open file, whose `references` grow by 1. What the place has stood for before
 * is handed to the caller, who closes it. A place that stands for the file already is left as it
 * is; nothing is replaced and nothing counted then. When something is refused nothing has changed.
 *
 * @param from        where the descriptor is from
 * @param descriptor  any number
 * @param to          where it goes; may be the same table
 * @param place       any number
 * @param replaced    set to the file that the place has stood for, its reference as well; or NULL.
 *                    Means nothing if something is refused
 * @return 0; EBADF when `descriptor` stands for no file, or `place` is no descriptor
 */
int descriptors_copy(const struct descriptors *from, uint64_t descriptor, struct descriptors *to,
                     uint64_t place, struct open_file **replaced)
{
    struct open_file *file = descriptor_find(from, descriptor);

    if (file == NULL || place >= FILE_DESCRIPTORS) {
        return EBADF;
    }
    *replaced = NULL;
    if (to->files[place] != file) {
        *replaced = to->files[place];
        to->files[place] = file;
        file->references++;
    }
    return 0;
}

/**
 * Frees a descriptor.
 *
 * @param table       the process's
 * @param descriptor  any number
 * @return the file that it has stood for; its reference is the caller's now. NULL: it stood for
 * none
 */
struct open_file *descriptor_drop(struct descriptors *table, uint64_t descriptor)
{
    struct open_file *file = descriptor_find(table, descriptor);

    if (file != NULL) {
        table->files[descriptor] = NULL;
    }
    return file;
}
