/*
 * exercise: descriptors
 * test: descriptors-take
 * says: takes the wrong descriptor|all from there on are taken
 * mistake: Begins at 0, wherever the caller wants to have it.
 */
int descriptor_take(struct descriptors *table, struct open_file *file, uint64_t lowest,
                    uint64_t *descriptor)
{
    if (lowest >= FILE_DESCRIPTORS) {
        return EINVAL;
    }
    for (uint64_t i = 0; i < FILE_DESCRIPTORS; i++) {
        if (table->files[i] == NULL) {
            table->files[i] = file;
            file->references++;
            *descriptor = i;
            return 0;
        }
    }
    return EMFILE;
}
