/*
 * exercise: elf-segment
 * test: elf-bytes
 * says: it is behind the file's part|exception
 * mistake: Copies as many bytes as the segment has in memory. Behind file_size the file has
 *   something else, and the program's variables do not begin as 0.
 */
enum error elf_load_segment(const struct elf_segment *segment, const uint8_t *file,
                            struct thread *thread)
{
    uintptr_t end = segment->address + segment->memory_size;
    uintptr_t at = segment->address;

    while (at < end) {
        uintptr_t page = at - at % PAGE_SIZE;
        uintptr_t copy_end = end < page + PAGE_SIZE ? end : page + PAGE_SIZE;
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
    }
    return ERROR_NONE;
}
