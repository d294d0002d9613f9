/*
 * exercise: share-file
 * test: share-copy
 * says: the place is no descriptor|did not return|exception
 * mistake: Writes wherever the client says.
 */
int descriptors_copy(const struct descriptors *from, uint64_t descriptor, struct descriptors *to,
                     uint64_t place, struct open_file **replaced)
{
    struct open_file *file = descriptor_find(from, descriptor);

    if (file == NULL) {
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
