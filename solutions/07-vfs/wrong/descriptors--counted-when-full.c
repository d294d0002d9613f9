/*
 * exercise: descriptors
 * test: descriptors-take
 * says: leaves a wrong count of references
 * mistake: Counts the reference before it knows whether there is a descriptor.
 */
int descriptor_take(struct descriptors *table, struct open_file *file, uint64_t lowest,
                    uint64_t *descriptor)
{
    if (lowest >= FILE_DESCRIPTORS) {
        return EINVAL;
    }
    file->references++;
    for (uint64_t i = lowest; i < FILE_DESCRIPTORS; i++) {
        if (table->files[i] == NULL) {
            table->files[i] = file;
            *descriptor = i;
            return 0;
        }
    }
    return EMFILE;
}
