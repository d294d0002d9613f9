/*
 * exercise: descriptors
 * test: descriptors-take
 * says: that is no descriptor
 * mistake: Says that all are taken where the number is no descriptor.
 */
int descriptor_take(struct descriptors *table, struct open_file *file, uint64_t lowest,
                    uint64_t *descriptor)
{
    if (lowest >= FILE_DESCRIPTORS) {
        return EMFILE;
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
