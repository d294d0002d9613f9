/*
 * exercise: share-file
 * test: share-copy
 * says: leaves the process's table wrong
 * mistake: Moves the descriptor instead of copying it.
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
    ((struct descriptors *)(uintptr_t)from)->files[descriptor] = NULL;
    return 0;
}
