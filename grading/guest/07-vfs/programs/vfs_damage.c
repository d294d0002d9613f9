/**
 * @file
 * Uses whatever there is on a damaged disk: reads, writes, makes and removes. No result is right
 * or wrong, but each comes.
 */
#include <stdio.h>

#include "file_use.h"

#define DIRECTORIES 4u
#define FILES 6u
#define PATH_MOST 40u
#define READS_MOST 40u

static uint8_t bytes[WRITE_MOST];
static uint64_t went_well, went_wrong, damages;

static int64_t count(int64_t result)
{
    if (result < 0) {
        went_wrong++;
        damages += errno == EIO;
    } else {
        went_well++;
    }
    return result;
}

static void use_file(const char *path)
{
    struct stat status;
    int file = open(path, O_RDWR | O_CREAT, 0644);

    count(file);
    count(stat(path, &status));
    for (unsigned i = 0; file >= 0 && i < READS_MOST; i++) {
        if (count(read(file, bytes, sizeof(bytes))) <= 0) {
            break;
        }
    }
    if (file >= 0) {
        count(pwrite(file, bytes, sizeof(bytes), (off_t)guest_random_below(400000)));
        count(fsync(file));
        close(file);
    }
}

static void change(const char *path, unsigned number)
{
    char other[PATH_MOST];

    snprintf(other, sizeof(other), "/t/new%u", number);
    switch (guest_random_below(5)) {
    case 0:
        count(unlink(path));
        break;
    case 1:
        count(rename(path, other));
        break;
    case 2:
        count(truncate(path, (off_t)guest_random_below(20000)));
        break;
    case 3:
        count(mkdir(other, 0755));
        break;
    default:
        count(link(path, other));
    }
}

/** Asks for what needs no disk: the root directory, say, may be damaged, too. */
static int64_t is_there(void)
{
    int ends[2];
    int64_t result = files_result(pipe(ends));

    if (result == 0) {
        close(ends[0]);
        close(ends[1]);
    }
    return result;
}

int64_t guest_main(uint64_t argument)
{
    (void)argument;
    files_begin();
    for (unsigned i = 0; i < DIRECTORIES * FILES; i++) {
        char path[PATH_MOST];

        snprintf(path, sizeof(path), "/t/d%u/f%u", i / FILES, i % FILES);
        use_file(path);
        change(path, i);
    }
    guest_report_signed("sync", files_result(syncfs(0)));
    guest_report("well", went_well);
    guest_report("wrong", went_wrong);
    guest_report("damages", damages);
    guest_report_signed("alive", is_there());
    guest_checkpoint("after");
    return 0;
}
