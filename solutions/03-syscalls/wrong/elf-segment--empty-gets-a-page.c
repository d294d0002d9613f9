/*
 * exercise: elf-segment
 * test: elf-bytes
 * says: the wrong pages were added
 * mistake: Adds the first page before it asks whether there is one: an empty segment gets a
 *   page, at an address that nobody has checked.
 */
enum error elf_load_segment(const struct elf_segment *segment, const uint8_t *file,
                            struct thread *thread)
{
    uintptr_t end = segment->address + segment->memory_size;
    uintptr_t file_end = segment->address + segment->file_size;
    uintptr_t at = segment->address;

    do {
        uintptr_t page = at - at % PAGE_SIZE;
        uintptr_t copy_end = file_end < page + PAGE_SIZE ? file_end : page + PAGE_SIZE;
        uint8_t *view;
        enum error error = program_add_page(thread, page, rights_of(segment), &view);

        if (error != ERROR_NONE) {
            return error;
        }
        if (at < copy_end) {
            memcpy(view + at % PAGE_SIZE, file + segment->offset + (at - segment->address),
                   copy_end - at);
        }
        at = page + PAGE_SIZE;
    } while (at < end);
    return ERROR_NONE;
}
