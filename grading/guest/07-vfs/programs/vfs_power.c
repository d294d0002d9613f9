/**
 * @file
 * Writes files one after the other, and says of each when fsync() has confirmed it; others are
 * changed meanwhile, and not confirmed. Somebody will end the machine. Argument: how many files.
 */
#include <stdio.h>

#include "file_use.h"

#define PATH_MOST 40u
#define SIZE_MOST 30000u

static uint8_t bytes[SIZE_MOST];

static void write_noise(void)
{
    char path[PATH_MOST], other[PATH_MOST];
    int file;

    snprintf(path, sizeof(path), "/p/n%u", (unsigned)guest_random_below(8));
    snprintf(other, sizeof(other), "/p/n%u", (unsigned)guest_random_below(8));
    file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (file >= 0) {
        (void)write(file, bytes, guest_random_below(SIZE_MOST));
        close(file);
    }
    (void)(guest_random_below(2) ? rename(path, other) : unlink(other));
}

/** Writes a file. @return 0 when it was confirmed, else an error number with a minus */
static int64_t write_surely(unsigned number)
{
    size_t size = guest_random_below(SIZE_MOST), done = 0;
    uint64_t factor = guest_random();
    char path[PATH_MOST];
    int64_t result;
    int file;

    snprintf(path, sizeof(path), "/p/f%u", number);
    file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0644);
    files_fill(bytes, size, factor);
    result = files_result(file);
    while (result >= 0 && done < size) {
        result = files_result(write(file, bytes + done, size - done));
        done += result > 0 ? (size_t)result : 0;
    }
    if (result >= 0) {
        result = files_result(fsync(file));
        close(file);
    }
    return result;
}

int64_t guest_main(uint64_t argument)
{
    (void)argument;
    files_begin();
    guest_report_signed("begun", files_result(mkdir("/p", 0755)));
    for (unsigned i = 0; i < guest_argument(0); i++) {
        guest_report_signed("synced", write_surely(i));
        guest_checkpoint("synced");
        write_noise();
    }
    return 0;
}
