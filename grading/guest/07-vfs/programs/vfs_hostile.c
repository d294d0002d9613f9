/**
 * @file
 * Requests at random, right ones and hostile ones, to the VFS server, the storage driver and the
 * root task, by tasks of which the first has started the others. Arguments: how many requests each
 * makes; how many tasks.
 */
#include <string.h>

#include "buffer.h"
#include "capability.h"
#include "file_use.h"
#include "init/session_proto.h"
#include "ipc.h"
#include "notification.h"
#include "storage/proto.h"
#include "vfs/proto.h"

#define SLOT_STORAGE ((slot){SLOT_OWN_CALLS}) /* `calls storage` in vfs_hostile.needs */
#define OWN_SIGNALS 10u
#define TASKS_MOST 3u
#define PATIENCE 20ul /* milliseconds: some requests get no answer */
#define MOMENT_EVERY 64u

static uint64_t state;
static uint64_t answered, refused, silent;

static uint64_t below(uint64_t limit)
{
    return guest_random_next(&state) % limit;
}

/** Small ones, large ones, such that are nearly right. */
static uint64_t any_word(void)
{
    switch (below(6)) {
    case 0:
        return guest_random_next(&state) >> below(64);
    case 1:
        return -below(5);
    case 2:
        return 4080 + below(32);
    default:
        return below(12);
    }
}

static const char *const texts[] = {"/h",      "/h/a/../b//",  "../../h", ".",        "h\0h",
                                    "/proc/1", "/dev/console", "",        "/proc/x/", "/dev/h"};

/** Bytes that may be a path, and what belongs to no path. */
static void any_bytes(void)
{
    uint8_t *to = (uint8_t *)&ipc_buffer->words[FILE_DATA_WORD];
    const char *text = texts[below(10)];

    memset(to, (int)below(256), FILE_DATA_MAX);
    if (below(4) != 0) {
        memcpy(to, text, strlen(text));
    }
}

static void any_message(struct message *message, uint32_t label)
{
    static const uint64_t travelling[] = {OWN_SIGNALS, 1, 8, 9, 60, 0, 4};
    uint64_t length = below(4) == 0 ? below(1024) : below(24);

    *message = (struct message){.info = info_make(label, length)};
    for (unsigned i = 0; i < MESSAGE_REGISTER_WORDS; i++) {
        message->words[i] = any_word();
    }
    if (below(3) == 0) {
        message->info |= MESSAGE_BUFFER;
    }
    if (below(6) == 0) {
        message->info |= MESSAGE_TRANSFER | travelling[below(7)] << MESSAGE_SLOT_SHIFT;
    }
}

static void ask(slot whom, struct message *message)
{
    enum error error = ipc_call(whom, message, PATIENCE);

    if (error != ERROR_NONE) {
        silent++;
    } else if (info_label(message->info) != 0) {
        refused++;
    } else {
        answered++;
    }
}

static void ask_files(void)
{
    struct message message;
    uint32_t label = below(16) == 0 ? (uint32_t)any_word() : (uint32_t)below(FILE_REQUESTS + 2);

    any_bytes();
    any_message(&message, label);
    if (below(2)) { /* a path as it should be */
        message.info = info_make(label, FILE_DATA_WORD + 4) | MESSAGE_BUFFER;
        message.words[0] = 1 + below(8);
    }
    ask(SLOT_FILES, &message);
}

static void ask_storage(void)
{
    struct message message;

    any_message(&message, (uint32_t)below(STORAGE_REAP + 2));
    if (info_label(message.info) == STORAGE_SUBMIT && message.words[0] == STORAGE_WRITE) {
        message.words[0] = STORAGE_FLUSH; /* a driver believes whom it may believe */
    }
    ask(SLOT_STORAGE, &message);
}

static void ask_root_task(void)
{
    struct message message;
    uint32_t label = (uint32_t)(INIT_IMAGE + below(INIT_TOTAL - INIT_IMAGE + 2));

    if (label == INIT_SHUTDOWN) {
        label = INIT_CREATE; /* it would be right */
    }
    any_message(&message, label);
    if (label == INIT_IMAGE && below(2)) {
        message.words[0] = 1 + below(16);
        message.words[1] = 0x0000300000000000u + below(8) * 0x200000;
    }
    if (label == INIT_WAIT && below(4) != 0) {
        message.words[1] |= INIT_WAIT_NOT;
    }
    ask(SLOT_PAGER, &message);
}

static int64_t be_hostile(uint64_t number)
{
    for (uint64_t i = 0; i < number; i++) {
        state = guest_random();
    }
    (void)notification_create((slot){OWN_SIGNALS});
    for (uint64_t i = 0; i < guest_argument(0); i++) {
        uint64_t whom = below(8);

        if (whom < 4) {
            ask_files();
        } else if (whom < 6) {
            ask_root_task();
        } else {
            ask_storage();
        }
        if (i % MOMENT_EVERY == MOMENT_EVERY - 1) {
            guest_checkpoint("moment");
        }
    }
    guest_report("answered", answered);
    guest_report("refused", refused);
    guest_report("silent", silent);
    guest_checkpoint("quiet");
    return 7;
}

/** What a file gives back. @return bytes; or an error number with a minus */
static int64_t use_file(void)
{
    int file = open("/after", O_RDWR | O_CREAT | O_TRUNC, 0644);
    static uint8_t bytes[WRITE_MOST], again[WRITE_MOST];
    int64_t result = files_result(file);

    if (file >= 0) {
        files_fill(bytes, sizeof(bytes), guest_seed);
        result = files_result(write(file, bytes, sizeof(bytes)));
        if (result > 0) {
            result = files_result(pread(file, again, sizeof(again), 0));
        }
        close(file);
    }
    return result == (int64_t)sizeof(bytes) && memcmp(bytes, again, sizeof(bytes)) != 0 ? 0
                                                                                        : result;
}

/** @return how many disks the storage driver has */
static uint64_t count_disks(void)
{
    uint64_t count = 0;

    for (uint64_t disk = 0; disk < STORAGE_DISKS; disk++) {
        struct message message = {.info = info_make(STORAGE_INFO, 1), .words = {disk}};
        enum error error = ipc_call(SLOT_STORAGE, &message, TIMEOUT_INFINITE);

        count += error == ERROR_NONE && info_label(message.info) == 0;
    }
    return count;
}

int64_t guest_main(uint64_t argument)
{
    static struct run_part parts[TASKS_MOST];

    files_begin();
    if (argument > 0) {
        return be_hostile(argument);
    }
    guest_report("disks", count_disks());
    guest_report_signed("before", use_file());
    for (unsigned i = 0; i < guest_argument(1); i++) {
        parts[i] = (struct run_part){.name = "start", .argument = i + 1};
    }
    guest_report_signed("ended",
                        run_together(parts, (unsigned)guest_argument(1), SLOT_SYSTEM_NAMES));
    guest_report_signed("after", use_file());
    guest_report_signed("sync", files_result(syncfs(0)));
    guest_checkpoint("after");
    return 0;
}
