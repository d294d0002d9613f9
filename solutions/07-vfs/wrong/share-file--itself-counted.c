/*
 * exercise: share-file
 * test: share-copy
 * says: hands the wrong file to be closed|wrong count of references
 * mistake: Copies a descriptor onto itself as any other: the file is counted once more, and the
 *   caller closes it.
 */
int descriptors_copy(const struct descriptors *from, uint64_t descriptor, struct descriptors *to,
                     uint64_t place, struct open_file **replaced)
{
    struct open_file *file = descriptor_find(from, descriptor);

    if (file == NULL || place >= FILE_DESCRIPTORS) {
        return EBADF;
    }
    *replaced = to->files[place];
    to->files[place] = file;
    file->references++;
    return 0;
}
