/*
 * exercise: descriptors
 * test: descriptors-take
 * says: that is no descriptor
 * mistake: Keeps the number in 32 bits: a large one becomes a small one.
 */
int descriptor_take(struct descriptors *table, struct open_file *file, uint64_t lowest,
                    uint64_t *descriptor)
{
    unsigned from = (unsigned)lowest;

    if (from >= FILE_DESCRIPTORS) {
        return EINVAL;
    }
    for (unsigned i = from; i < FILE_DESCRIPTORS; i++) {
        if (table->files[i] == NULL) {
            table->files[i] = file;
            file->references++;
            *descriptor = i;
            return 0;
        }
    }
    return EMFILE;
}
