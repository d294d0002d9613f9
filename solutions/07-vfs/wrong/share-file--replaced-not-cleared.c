/*
 * exercise: share-file
 * test: share-copy
 * says: hands the wrong file to be closed
 * mistake: Sets `*replaced` only when there was something.
 */
int descriptors_copy(const struct descriptors *from, uint64_t descriptor, struct descriptors *to,
                     uint64_t place, struct open_file **replaced)
{
    struct open_file *file = descriptor_find(from, descriptor);

    if (file == NULL || place >= FILE_DESCRIPTORS) {
        return EBADF;
    }
    if (to->files[place] != file) {
        if (to->files[place] != NULL) {
            *replaced = to->files[place];
        }
        to->files[place] = file;
        file->references++;
    }
    return 0;
}
