/*
 * exercise: share-file
 * test: share-copy
 * says: hands the wrong file to be closed
 * mistake: Overwrites what the place has stood for: that file is never closed.
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
        to->files[place] = file;
        file->references++;
    }
    return 0;
}
