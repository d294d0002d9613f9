/*
 * exercise: share-file
 * test: share-copy
 * says: leaves a wrong count of references
 * mistake: Does not count the new reference.
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
    }
    return 0;
}
