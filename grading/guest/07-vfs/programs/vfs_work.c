/**
 * @file
 * Several tasks that do all kinds of things with files, each in a directory of its own, at random.
 * The first one starts the others and waits for them. Arguments: how many operations each does;
 * how many tasks.
 */
#include <stdio.h>
#include <string.h>

#include "file_use.h"

#define WORKERS_MOST 4u
#define PATH_MOST 40u
#define MOMENT_EVERY 64u

static uint64_t state; /* of this task's random numbers */
static uint64_t worker;
static uint8_t bytes[WRITE_MOST];

static uint64_t below(uint64_t limit)
{
    return guest_random_next(&state) % limit;
}

/** A file's path, in one of four directories that may be there or not. */
static void any_file(char *path)
{
    uint64_t directory = below(4), file = below(6);

    if (directory == 0) {
        snprintf(path, PATH_MOST, "/w%u/f%u", (unsigned)worker, (unsigned)file);
    } else {
        snprintf(path, PATH_MOST, "/w%u/d%u/f%u", (unsigned)worker, (unsigned)directory,
                 (unsigned)file);
    }
}

static void any_directory(char *path)
{
    snprintf(path, PATH_MOST, "/w%u/d%u", (unsigned)worker, (unsigned)(1 + below(3)));
}

static void any_link(char *path)
{
    snprintf(path, PATH_MOST, "/w%u/s%u", (unsigned)worker, (unsigned)below(4));
}

/** Most are in the first blocks, some behind the pointers of the inode, few far behind. */
static uint64_t any_offset(void)
{
    uint64_t choice = below(8);

    return choice < 4 ? below(3000) : choice < 7 ? below(40000) : below(600000);
}

static int64_t write_at(const char *path, bool at_end)
{
    uint64_t offset = any_offset(), size = below(WRITE_MOST);
    int file = open(path, O_RDWR | O_CREAT | (at_end ? O_APPEND : 0), 0644);
    int64_t result = files_result(file);

    files_fill(bytes, size, guest_random_next(&state));
    if (file >= 0) {
        result = files_result(at_end ? write(file, bytes, size)
                                     : pwrite(file, bytes, size, (off_t)offset));
        close(file);
    }
    return result;
}

static int64_t read_at(const char *path)
{
    uint64_t offset = any_offset(), size = below(WRITE_MOST), digest = 0;
    int file = open(path, O_RDONLY);
    int64_t result = files_result(file);

    if (file >= 0) {
        result = files_result(pread(file, bytes, size, (off_t)offset));
        close(file);
    }
    for (int64_t i = 0; i < result; i++) {
        digest += bytes[i] * (uint64_t)(i + 1);
    }
    return result < 0 ? result : (int64_t)(digest << 16 | (uint64_t)result);
}

static int64_t sync_file(const char *path)
{
    int file = open(path, O_RDONLY);
    int64_t result = files_result(file);

    if (file >= 0) {
        result = files_result(fsync(file));
        close(file);
    }
    return result;
}

static int64_t status_of(const char *path)
{
    struct stat status;
    int64_t result = files_result(stat(path, &status));

    return result < 0 ? result : (int64_t)((uint64_t)status.st_size << 8 | status.st_nlink);
}

static int64_t with_two(uint64_t choice, const char *path)
{
    char other[PATH_MOST];

    any_file(other);
    return files_result(choice < 2 ? rename(path, other) : link(path, other));
}

static int64_t with_link(bool makes, const char *target)
{
    char path[PATH_MOST], to[PATH_MOST];

    any_link(path);
    return files_result(makes ? symlink(target, path) : readlink(path, to, sizeof(to)));
}

static int64_t with_directory(bool makes)
{
    char path[PATH_MOST];

    any_directory(path);
    return files_result(makes ? mkdir(path, 0755) : rmdir(path));
}

static int64_t operate(void)
{
    uint64_t choice = below(24);
    char path[PATH_MOST];

    any_file(path);
    if (choice < 6) {
        return write_at(path, choice == 5);
    }
    if (choice < 10) {
        return read_at(path);
    }
    switch (choice) {
    case 10:
        return files_result(truncate(path, (off_t)any_offset()));
    case 11:
    case 12:
        return files_result(unlink(path));
    case 13:
    case 14:
    case 15:
        return with_two(choice - 13, path);
    case 16:
    case 17:
        return with_link(choice == 16, path);
    case 18:
        return sync_file(path);
    case 19:
        return status_of(path);
    default:
        return with_directory(choice < 23);
    }
}

/** What each of them does. */
static int64_t work(void)
{
    char path[PATH_MOST];

    for (uint64_t i = 0; i <= worker; i++) {
        state = guest_random(); /* another one for each: all draw the same numbers */
    }
    snprintf(path, PATH_MOST, "/w%u", (unsigned)worker);
    if (mkdir(path, 0755) != 0) {
        return -1;
    }
    for (uint64_t i = 0; i < guest_argument(0); i++) {
        guest_report_signed(path + 1, operate());
        if (i % MOMENT_EVERY == MOMENT_EVERY - 1) {
            guest_checkpoint("moment");
        }
    }
    guest_checkpoint("worked");
    return 0;
}

int64_t guest_main(uint64_t argument)
{
    static struct run_part parts[WORKERS_MOST];

    files_begin();
    if (argument > 0) {
        worker = argument - 1;
        return work();
    }
    for (unsigned i = 0; i < guest_argument(1); i++) {
        parts[i] = (struct run_part){.name = "start", .argument = i + 1};
    }
    guest_report_signed("ended",
                        run_together(parts, (unsigned)guest_argument(1), SLOT_SYSTEM_NAMES));
    guest_report_signed("sync", files_result(syncfs(0)));
    guest_checkpoint("synced");
    return 0;
}
