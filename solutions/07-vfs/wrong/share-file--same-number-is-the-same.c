/*
 * exercise: share-file
 * test: share-copy
 * says: leaves another process.s table wrong|hands the wrong file
 * mistake: Takes the same number for the same descriptor, although the tables are two.
 */
int descriptors_copy(const struct descriptors *from, uint64_t descriptor, struct descriptors *to,
                     uint64_t place, struct open_file **replaced)
{
    struct open_file *file = descriptor_find(from, descriptor);

    if (file == NULL || place >= FILE_DESCRIPTORS) {
        return EBADF;
    }
    *replaced = NULL;
    if (place != descriptor) {
        *replaced = to->files[place];
        to->files[place] = file;
        file->references++;
    }
    return 0;
}
