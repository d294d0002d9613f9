/**
 * @file
 * Suite "elf": a real program file with random changes is checked, and loaded if it is found right.
 *
 * Each file stands in memory of just its size: the address sanitizer sees a byte read behind
 * its end.
 */
#include "task/elf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/memory.h"
#include "arch/page_table.h"
#include "arch/paging.h"
#include "harness.h"
#include "host/machine.h"
#include "mm/frames.h"
#include "suites/suites.h"
#include "task/program_memory.h"

#define MEMORY_BYTES (4u << 20)
#define FILE_MOST (1u << 20)
#define SEGMENTS_MOST 64
#define WIDE unsigned __int128 /* numbers of a file can be added in it without a carry */

static uint8_t original[FILE_MOST];
static size_t original_size;

static void read_original(void)
{
    const char *path = getenv("HOSTTEST_SAMPLE");
    FILE *file = path == NULL ? NULL : fopen(path, "rb");

    EXPECT(file != NULL, "HOSTTEST_SAMPLE has to name a program file");
    original_size = fread(original, 1, sizeof(original), file);
    fclose(file);
}

/** Changes a number of the file: to anything, or by a little. */
static void change_number(uint8_t *at, size_t size)
{
    uint64_t number = 0;

    memcpy(&number, at, size);
    number = random_chance(50) ? random_wild() : number + random_below(9) - 4;
    memcpy(at, &number, size);
}

/** Changes the header, or a number of a segment. */
static void mutate(uint8_t *file, size_t size)
{
    static const uint8_t sizes[] = {1, 2, 4, 8};
    struct elf_header header;
    size_t width = sizes[random_below(4)];
    size_t place = random_below(sizeof(header) / width) * width;

    memcpy(&header, original, sizeof(header));
    if (random_chance(85)) {
        size_t segment = random_below(header.segment_count) * sizeof(struct elf_segment);

        width = random_chance(80) ? 8 : 4;
        place = header.segments_offset + segment +
                random_below(sizeof(struct elf_segment) / width) * width;
    }
    if (place + width <= size) {
        change_number(file + place, width);
    }
}

/** Another order of segments, or one twice. */
static void shuffle(uint8_t *file, size_t size)
{
    struct elf_header header;
    size_t one, other;

    memcpy(&header, original, sizeof(header));
    one = header.segments_offset + random_below(header.segment_count) * sizeof(struct elf_segment);
    other =
        header.segments_offset + random_below(header.segment_count) * sizeof(struct elf_segment);
    if (one + sizeof(struct elf_segment) <= size && other + sizeof(struct elf_segment) <= size) {
        memmove(file + one, file + other, sizeof(struct elf_segment));
    }
}

/** A changed copy of the file, or a part of it. */
static struct elf_file make_file(void)
{
    size_t size = random_chance(90) ? original_size : random_below(original_size + 1);
    uint8_t *bytes = malloc(size + (size == 0));
    size_t changes = random_below(4);

    memcpy(bytes, original, size);
    step_begin("a file of %zu bytes with %zu changes", size, changes);
    for (size_t i = 0; i < changes; i++) {
        mutate(bytes, size);
    }
    if (random_chance(5)) {
        shuffle(bytes, size);
    }
    return (struct elf_file){.bytes = bytes, .size = size};
}

/** The segments that are to be loaded. @return how many; -1 when the list is wrong */
static int read_segments(const struct elf_file *file, struct elf_segment segments[SEGMENTS_MOST])
{
    static const uint8_t magic[7] = {0x7F, 'E', 'L', 'F', 2, 1, 1};
    struct elf_header header;
    int count = 0;

    if (file->size < sizeof(header)) {
        return -1;
    }
    memcpy(&header, file->bytes, sizeof(header));
    if (memcmp(header.ident, magic, sizeof(magic)) != 0 || header.type != 2 ||
        header.machine != 62 || header.segment_size != sizeof(struct elf_segment) ||
        header.segment_count == 0 || header.segments_offset % 8 != 0 ||
        (WIDE)header.segments_offset + header.segment_count * sizeof(struct elf_segment) >
            file->size) {
        return -1;
    }
    for (size_t i = 0; i < header.segment_count; i++) {
        struct elf_segment segment;

        memcpy(&segment, file->bytes + header.segments_offset + i * sizeof(segment),
               sizeof(segment));
        if (segment.type == ELF_LOAD && segment.memory_size > 0 && count < SEGMENTS_MOST) {
            segments[count++] = segment;
        }
    }
    return count;
}

static bool is_inside(const struct elf_segment *segment, const struct elf_file *file)
{
    return (WIDE)segment->offset + segment->file_size <= file->size &&
           segment->file_size <= segment->memory_size && segment->address >= MEMORY_START &&
           (WIDE)segment->address + segment->memory_size <= MEMORY_BUFFER &&
           (segment->flags & (ELF_WRITE | ELF_EXECUTE)) != (ELF_WRITE | ELF_EXECUTE);
}

/** Whether a file can be loaded: as the specification of elf_check() has it. */
static bool is_right(const struct elf_file *file, const struct elf_segment *segments, int count)
{
    bool has_entry = false;
    struct elf_header header;

    if (count < 0) {
        return false;
    }
    memcpy(&header, file->bytes, sizeof(header));
    for (int i = 0; i < count; i++) {
        const struct elf_segment *segment = &segments[i], *before = &segments[i - 1];

        if (!is_inside(segment, file)) {
            return false;
        }
        if (i > 0 && segment->address / PAGE_SIZE <=
                         (before->address + before->memory_size - 1) / PAGE_SIZE) {
            return false;
        }
        has_entry |= header.entry >= segment->address &&
                     header.entry < (WIDE)segment->address + segment->memory_size;
    }
    return has_entry;
}

static uint64_t pages_of(const struct elf_segment *segment)
{
    return (segment->address + segment->memory_size - 1) / PAGE_SIZE -
           segment->address / PAGE_SIZE + 1;
}

static uint8_t expected_byte(const struct elf_segment *segment, const struct elf_file *file,
                             uint64_t address)
{
    bool is_in_file =
        address >= segment->address && address - segment->address < segment->file_size;

    return is_in_file ? file->bytes[segment->offset + (address - segment->address)] : 0;
}

static void check_page(const struct thread *thread, const struct elf_segment *segment,
                       const struct elf_file *file, uint64_t page)
{
    unsigned rights = 0;
    uint64_t frame = page_find(thread->root, page, &rights);
    const uint8_t *bytes = frame == 0 ? NULL : paging_window(frame);

    EXPECT(frame != 0, "the page %#lx is not mapped", page);
    expect_equal(rights,
                 MEMORY_READ | (segment->flags & ELF_WRITE ? MEMORY_WRITE : 0) |
                     (segment->flags & ELF_EXECUTE ? MEMORY_EXECUTE : 0),
                 "the rights of the page %#lx", page);
    for (uint64_t i = 0; i < PAGE_SIZE; i++) {
        expect_equal(bytes[i], expected_byte(segment, file, page + i), "the byte at %#lx",
                     page + i);
    }
}

/** Loads a file that has been found right; all frames are free again afterwards. */
static void load(const struct elf_file *file, const struct elf_segment *segments, int count)
{
    size_t free_before = frames.free_count, needed = 0;
    struct thread *thread;
    enum error error;

    expect_equal(program_begin("loaded", &file->memory, &thread), ERROR_NONE, "program_begin()");
    error = elf_load(file, thread);
    for (int i = 0; i < count; i++) {
        needed =
            pages_of(&segments[i]) > free_before ? SIZE_MAX / 2 : needed + pages_of(&segments[i]);
    }
    EXPECT(error == ERROR_NONE || (error == ERROR_NO_MEMORY && needed > free_before / 2),
           "elf_load() refuses with %s, for %zu pages", error_name(error), needed);
    for (int i = 0; error == ERROR_NONE && i < count; i++) {
        for (uint64_t page = 0; page < pages_of(&segments[i]); page++) {
            check_page(thread, &segments[i], file,
                       (segments[i].address / PAGE_SIZE + page) * PAGE_SIZE);
        }
    }
    thread_release(thread);
    thread->state = THREAD_UNUSED;
    expect_equal(frames.free_count, free_before, "free frames after the program's end");
}

/** Runs the suite. */
void elf_run(unsigned steps)
{
    read_original();
    host_memory_start(MEMORY_BYTES);
    host_threads_start();
    while (steps-- > 0) {
        struct elf_segment segments[SEGMENTS_MOST] = {0};
        struct elf_file file = make_file();
        int count = read_segments(&file, segments);
        bool right = is_right(&file, segments, count);

        expect_equal(elf_check(&file), right ? ERROR_NONE : ERROR_BAD_PROGRAM, "elf_check()");
        if (right) {
            load(&file, segments, count);
        }
        free((void *)file.bytes);
    }
}
