/**
 * @file
 * Files: what the VFS server, its cache, the storage driver and the messages between them take.
 *
 * Messages alone: the same number of requests, with answers of the same length, to a server that
 * does nothing. Who waits for the disk must not let the CPU halt, since time passes then that no
 * instruction has taken: a task that counts its instructions runs whenever nothing else does, and
 * these are taken off.
 */
#include <fcntl.h>
#include <unistd.h>

#include "bench/file_peer.h"
#include "files.h"
#include "first_task.h"
#include "measure.h"
#include "memory.h"
#include "program.h"
#include "vfs/proto.h"

#define SMALL "/etc/hello.txt"
#define LARGE \
    "/home/large" /* four times as large as what is read: the cache has not room for all */
#define PART (1u << 20)
#define PARTS 4u
#define FILES ((slot){33})

#define MESSAGES(bytes) (((bytes) + FILE_DATA_MAX - 1) / FILE_DATA_MAX)

static uint8_t part[PART];
static unsigned next_part;
static int large;

static void require(bool is_right)
{
    measure_require(is_right ? ERROR_NONE : ERROR_INVALID_ARGUMENT);
}

static uint64_t waited(void)
{
    return *(volatile uint64_t *)FILES_REGION_ADDRESS * FILES_TURN;
}

static void use_small(uint64_t turns)
{
    for (; turns > 0; turns--) {
        int file = open(SMALL, O_RDONLY);

        require(file >= 0 && read(file, part, 256) > 0 && close(file) == 0);
    }
}

/** Sends a request that the peer answers with so many words. */
static void ask(uint64_t words)
{
    struct message message = {.info = info_make(0, 8), .words = {words}};

    measure_require(ipc_call(MEASURE_ENDPOINT, &message, TIMEOUT_INFINITE));
}

static void small_messages(uint64_t turns)
{
    for (; turns > 0; turns--) {
        ask(8);
        ask(FILE_DATA_WORD + 256 / 8);
        ask(8);
    }
}

static void read_messages(uint64_t turns)
{
    for (turns *= MESSAGES(PART); turns > 0; turns--) {
        ask(MESSAGE_WORDS_MAX);
    }
}

static void read_part(uint64_t number)
{
    require(pread(large, part, PART, (off_t)(number * PART)) == PART);
}

static void read_same(uint64_t turns)
{
    for (; turns > 0; turns--) {
        read_part(0);
    }
}

static void read_next(uint64_t turns)
{
    for (; turns > 0; turns--) {
        read_part(next_part++ % PARTS);
    }
}

static void write_next(uint64_t turns)
{
    for (; turns > 0; turns--) {
        require(pwrite(large, part, PART, (off_t)(next_part++ % PARTS * PART)) == PART);
        require(fsync(large) == 0);
    }
}

/** Has a task wait visibly, finds the VFS server, makes the large file. */
static void prepare(void)
{
    run_start("files_peer", FILES_WAIT, SLOT_SYSTEM_NAMES);
    measure_require(
        memory_attach(FILES_REGION, FILES_REGION_ADDRESS, 1, MEMORY_READ | MEMORY_WRITE));
    measure_require(endpoint_lookup("vfs", FILES));
    files_endpoint = FILES;
    large = open(LARGE, O_RDWR | O_CREAT | O_TRUNC, 0644);
    require(large >= 0);
    memory_touch(part, sizeof(part));
    write_next(PARTS);
}

int64_t main(uint64_t argument)
{
    const struct measure measures[] = {
        {"file-small", use_small, 1, NULL, false, waited},
        {"file-small-ipc", small_messages, 1, NULL, false, waited},
        {"file-read-cached", read_same, 1, NULL, true, waited},
        {"file-read-ipc", read_messages, 1, NULL, true, waited},
        {"file-read-disk", read_next, 1, NULL, true, waited},
        {"file-write-disk", write_next, 1, NULL, true, waited},
    };

    (void)argument;
    prepare();
    measure_start_peer("files_peer");
    for (size_t i = 0; i < sizeof(measures) / sizeof(measures[0]); i++) {
        measure_run(&measures[i]);
    }
    return 0;
}
