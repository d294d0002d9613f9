/**
 * @file
 * One client waits at a pipe into which nobody writes, with a file open that has no name any more.
 * Others use files meanwhile. Then the first one is ended. Before, the way to the disk is looked
 * for that does not lead through the VFS server. Argument: how many others.
 */
#include <signal.h>
#include <string.h>
#include <sys/statvfs.h>

#include "capability.h"
#include "file_use.h"
#include "task.h"

#define OTHERS_MOST 6u
#define ROUNDS 12u
#define HELD 200u       /* blocks of 1024 bytes */
#define PATIENCE 1000u  /* looks, a few milliseconds apart */
#define STORAGE_SLOT 9u /* empty */

static uint8_t bytes[1024], again[1024];

/** Waits for ever. */
static int64_t wait_in_vain(void)
{
    int file = open("/held", O_RDWR | O_CREAT, 0644), ends[2];

    for (unsigned i = 0; file >= 0 && i < HELD; i++) {
        (void)write(file, bytes, sizeof(bytes));
    }
    if (file < 0 || unlink("/held") != 0 || pipe(ends) != 0 || mkdir("/ready", 0755) != 0) {
        return -1;
    }
    return read(ends[0], bytes, 1);
}

/** Writes and reads. @return how many bytes came back as they were */
static int64_t go_on(uint64_t number)
{
    char path[] = "/other0";
    int64_t same = 0;

    path[6] = (char)('0' + number);
    for (unsigned i = 0; i < ROUNDS; i++) {
        int file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0644);

        files_fill(bytes, sizeof(bytes), number * ROUNDS + i + 12345);
        memset(again, 0, sizeof(again));
        if (file >= 0 && write(file, bytes, sizeof(bytes)) == sizeof(bytes) &&
            pread(file, again, sizeof(again), 0) == sizeof(again) &&
            memcmp(bytes, again, sizeof(bytes)) == 0) {
            same += sizeof(bytes);
        }
        close(file);
    }
    return unlink(path) == 0 ? same : -1;
}

static uint64_t free_blocks(void)
{
    struct statvfs status;

    return statvfs("/", &status) == 0 ? status.f_bfree : 0;
}

/** What is free when the waiting one has ended; the server learns of that a little later. */
static uint64_t free_blocks_then(uint64_t before)
{
    for (unsigned i = 0; i < PATIENCE && free_blocks() <= before; i++) {
        task_sleep(2);
    }
    return free_blocks();
}

static void run_others(void)
{
    task_id others[OTHERS_MOST];

    for (unsigned i = 0; i < guest_argument(0); i++) {
        others[i] = run_start("start", i + 2, SLOT_SYSTEM_NAMES);
    }
    for (unsigned i = 0; i < guest_argument(0); i++) {
        guest_report_signed("same", (int64_t)task_join(others[i]).value);
    }
}

/** Looks for a way to the disk past the VFS server: this program's privileges name none. */
static void look_for_storage(void)
{
    uint64_t ways = 0;

    for (uint64_t number = SLOT_OWN_CALLS; number < OWN_SLOTS; number++) {
        ways += slot_read((slot){number}, SLOT_READ_KIND).value != 0;
    }
    guest_report("ways", ways);
    guest_report("storage", endpoint_lookup("storage", (slot){STORAGE_SLOT}));
}

int64_t guest_main(uint64_t argument)
{
    uint64_t before;
    task_id waiting;

    files_begin();
    if (argument > 0) {
        return argument == 1 ? wait_in_vain() : go_on(argument);
    }
    look_for_storage();
    waiting = run_start("start", 1, SLOT_SYSTEM_NAMES);
    for (unsigned i = 0; i < PATIENCE && access("/ready", F_OK) != 0; i++) {
        task_sleep(5);
    }
    guest_report("ready", access("/ready", F_OK) == 0);
    guest_checkpoint("ready");
    run_others();
    before = free_blocks();
    guest_report_signed("killed", files_result(kill((pid_t)waiting.number, SIGKILL)));
    (void)task_join(waiting);
    guest_report("freed", free_blocks_then(before) - before);
    guest_report_signed("sync", files_result(syncfs(0)));
    guest_checkpoint("after");
    return 0;
}
