/*
 * exercise: descriptors
 * test: descriptors-take
 * says: leaves a wrong count of references
 * mistake: Does not count the reference: the file is closed with the first of two descriptors.
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
            *descriptor = i;
            return 0;
        }
    }
    return EMFILE;
}
