/*
 * exercise: descriptors
 * test: descriptors-take
 * says: returns the wrong error: \[31\] is free
 * mistake: Ends one before the last descriptor.
 */
int descriptor_take(struct descriptors *table, struct open_file *file, uint64_t lowest,
                    uint64_t *descriptor)
{
    if (lowest >= FILE_DESCRIPTORS) {
        return EINVAL;
    }
    for (uint64_t i = lowest; i < FILE_DESCRIPTORS - 1; i++) {
        if (table->files[i] == NULL) {
            table->files[i] = file;
            file->references++;
            *descriptor = i;
            return 0;
        }
    }
    return EMFILE;
}
