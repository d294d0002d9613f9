/**
 * @file
 * Files: what the VFS server, its cache, the storage driver and the messages between them take.
 *
 * Messages alone: as many requests and answers, of the same lengths, between the same number of
 * programs, to a server that does nothing; the VFS server's calls of the driver are among them. Its
 * signals are not. What is counted besides, for how long some turns take:
 *
 *     [bench] NAME: turns=N milliseconds=N calls=N
 *
 * Who waits for the disk must not let the CPU halt, since time passes then that no
 * instruction has taken: a task that counts its instructions runs whenever nothing else does, and
 * these are taken off.
 */
#include <clock.h> /* the library's: clock_read() */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
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

#define SHORT 8ul                           /* words of a message that fits into registers */
#define DRIVER_CALLS "storage driver calls" /* in /proc/ipc_stats */

static uint8_t part[PART];
static unsigned next_part;
static int large;
static uint64_t driver_calls; /* in one turn of what was measured last */

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

/** Sends a request of so many words that the peer answers with so many. */
static void ask(uint64_t words, uint64_t answer)
{
    struct message message = {.info = info_make(0, words), .words = {answer}};

    measure_require(ipc_call(MEASURE_ENDPOINT, &message, TIMEOUT_INFINITE));
}

static void ask_often(uint64_t times, uint64_t words, uint64_t answer)
{
    for (; times > 0; times--) {
        ask(words, answer);
    }
}

/* What was counted last is what the messages alone are measured of. */
static void driver_messages(void)
{
    ask_often(driver_calls, SHORT, SHORT);
}

static void small_messages(uint64_t turns)
{
    for (; turns > 0; turns--) {
        ask(FILE_DATA_WORD + sizeof(SMALL) / 8 + 1, SHORT);
        ask(SHORT, FILE_DATA_WORD + 256 / 8);
        ask(SHORT, SHORT);
        driver_messages();
    }
}

static void read_messages(uint64_t turns)
{
    for (; turns > 0; turns--) {
        ask_often(MESSAGES(PART), SHORT, MESSAGE_WORDS_MAX);
        driver_messages();
    }
}

static void write_messages(uint64_t turns)
{
    for (; turns > 0; turns--) {
        ask_often(MESSAGES(PART), MESSAGE_WORDS_MAX, SHORT);
        ask(SHORT, SHORT);
        driver_messages();
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

/** @return how often the VFS server has called the storage driver so far */
static uint64_t count_driver_calls(void)
{
    static char text[4096];
    int file = open("/proc/ipc_stats", O_RDONLY);
    ssize_t size = read(file, text, sizeof(text) - 1);
    const char *line;

    require(file >= 0 && size > 0 && close(file) == 0);
    text[size] = '\0';
    line = strstr(text, DRIVER_CALLS);
    require(line != NULL);
    return strtoul(line + sizeof(DRIVER_CALLS) - 1, NULL, 10);
}

/** Tells how long some turns take, and what they ask of the driver. */
static void tell(const struct measure *measure)
{
    uint64_t turns = measure->is_long ? MEASURE_LONG_SAMPLES : MEASURE_SAMPLES * MEASURE_TURNS;
    uint64_t calls = count_driver_calls(), began = clock_read().value, took;

    measure->batch(turns);
    took = clock_read().value - began;
    calls = count_driver_calls() - calls;
    driver_calls = calls / turns;
    print("[bench] %s: turns=%lu milliseconds=%lu calls=%lu\n", measure->name, turns, took, calls);
}

int64_t main(uint64_t argument)
{
    const struct measure measures[][2] = {
        {{"file-small", use_small, 1, NULL, false, waited},
         {"file-small-ipc", small_messages, 1, NULL, false, waited}},
        {{"file-read-cached", read_same, 1, NULL, true, waited},
         {"file-read-cached-ipc", read_messages, 1, NULL, true, waited}},
        {{"file-read-disk", read_next, 1, NULL, true, waited},
         {"file-read-disk-ipc", read_messages, 1, NULL, true, waited}},
        {{"file-write-disk", write_next, 1, NULL, true, waited},
         {"file-write-disk-ipc", write_messages, 1, NULL, true, waited}},
    };

    (void)argument;
    prepare();
    measure_start_peer("files_peer");
    for (size_t i = 0; i < sizeof(measures) / sizeof(measures[0]); i++) {
        measure_run(&measures[i][0]);
        tell(&measures[i][0]);
        measure_run(&measures[i][1]);
    }
    return 0;
}
