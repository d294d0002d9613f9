/**
 * @file
 * Files: what the boot loader has brought. The root task maps all of them to read them; one says
 * what the programs may have, the others are programs, or nothing.
 */
#include "files.h"

#include "image.h"
#include "memory.h"
#include "places.h"
#include "print.h"
#include "privileges.h"
#include "string.h"

/** Where the files are mapped, one behind the other. */
#define FILES_START 0x500000000000ul

/**
 * Maps a file. A frame has a size at most: of a file that is larger only the beginning is there.
 *
 * @param number   of the file
 * @param address  where
 * @param bytes    set to how many there are in memory, whole pages
 * @return ERROR_NONE, or why it cannot be mapped
 */
static enum error map_file(uint64_t number, uint64_t address, uint64_t *bytes)
{
    slot frame = {ROOT_SLOT_FILES + number};
    enum error error = frame_map(frame, (slot){ROOT_SLOT_SPACE}, address, MEMORY_READ);

    *bytes = error == ERROR_NONE ? slot_read(frame, SLOT_READ_SIZE).value * PAGE_SIZE : 0;
    return error;
}

/**
 * Maps all files, and looks at them.
 *
 * @param image_end  of the memory that a program's segments may have
 */
void files_map(uint64_t image_end)
{
    const struct root_info *info = root_info();
    uint64_t address = FILES_START;

    for (uint64_t i = 0; i < info->file_count; i++) {
        const struct root_file *file = &info->files[i];
        uint64_t bytes;
        enum error error = map_file(i, address, &bytes);
        struct image image = {.name = file->name,
                              .frame = {ROOT_SLOT_FILES + i},
                              .bytes = (const uint8_t *)address,
                              .size = file->size < bytes ? file->size : bytes};

        if (error != ERROR_NONE || image.size < file->size) {
            print("[init] %s is not all there: %s\n", file->name, error_name(error));
        }
        image_add(&image, image_end);
        if (strcmp(file->name, PRIVILEGES_FILE) == 0) {
            privileges_read((const char *)image.bytes, image.size);
        }
        address += bytes;
    }
}
