/**
 * @file
 * The memory that a new process is made from: the program's file, and its arguments at the page
 * behind it. The root task maps it below the caller's heap, and takes it away again with
 * INIT_CREATE, whatever that says.
 */
#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "abi/elf.h"
#include "root_call.h"
#include "spawn_parts.h"

#define PAGE 4096ul
#define IMAGE ((char *)(INIT_HEAP_START - INIT_IMAGE_PAGES * PAGE))

_Static_assert(ARG_MAX == INIT_ARGUMENTS_PAGES * PAGE, "limits.h says what the root task says");

static uint64_t pages_of(uint64_t bytes)
{
    return (bytes + PAGE - 1) / PAGE;
}

/** Reads the whole file to the image's beginning. @return false: errno; ENOEXEC: it is no
 * program */
static bool read_file(const struct program *program)
{
    uint64_t done = 0;

    while (done < program->size) {
        ssize_t got = pread(program->descriptor, IMAGE + done, program->size - done, (off_t)done);

        if (got <= 0) { /* it may have become shorter meanwhile */
            errno = got == 0 ? EIO : errno;
            return false;
        }
        done += (uint64_t)got;
    }
    if (!elf_is_header_right(IMAGE, program->size)) {
        errno = ENOEXEC;
        return false;
    }
    return true;
}

/** Whether file and arguments have room in an image. Sets errno. */
static bool has_room(const struct program *program, size_t arguments_size)
{
    if (arguments_size > INIT_ARGUMENTS_PAGES * PAGE) {
        errno = E2BIG;
        return false;
    }
    if (program->size > (INIT_IMAGE_PAGES - INIT_ARGUMENTS_PAGES) * PAGE) {
        errno = EFBIG;
        return false;
    }
    if (program->size < sizeof(struct elf_header)) {
        errno = ENOEXEC;
        return false;
    }
    return true;
}

/** Gives the image back, by an INIT_CREATE that cannot succeed. errno stays as it is. */
void image_discard(void)
{
    int error = errno;

    root_ask(INIT_CREATE, 0, 0);
    errno = error;
}

/**
 * Makes an image of a program and its arguments.
 *
 * @param program  an open file
 * @param lists    its arguments
 * @param size     set to the bytes that they take
 * @return false: nothing is left of it; errno: E2BIG, EFBIG, ENOEXEC, ENOMEM, EIO
 */
bool image_make(const struct program *program, const struct argument_lists *lists, size_t *size)
{
    uint64_t file_pages = pages_of(program->size);

    *size = arguments_size(lists, INIT_ARGUMENTS_PAGES * PAGE);
    if (!has_room(program, *size) ||
        root_ask(INIT_IMAGE, file_pages + pages_of(*size), (uint64_t)IMAGE) != 0) {
        return false;
    }
    if (!read_file(program)) {
        image_discard();
        return false;
    }
    arguments_write((struct arguments *)(IMAGE + file_pages * PAGE), lists);
    return true;
}
