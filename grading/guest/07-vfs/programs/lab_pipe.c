/**
 * @file
 * pipe_write(): pipes that are empty, full and in between. While the writer sleeps somebody reads,
 * or reads while another one writes, or closes the other end, or the writer's process ends.
 */
#include "notes.h"
#include "vfs/pipe.h"

#define CASES 200u
#define UNSET 0xDEAD
#define NAPS_MOST 12u

enum { SLEEP = 1, SLEEP_SURELY, WAKE_ALL, WAKE_FIRST };
enum { READERS = 1, WRITERS, NO_QUEUE };

static struct pipe pipe;
static uint8_t bytes[PIPE_SIZE];
static uint64_t state; /* of the random numbers while the writer sleeps */
static unsigned naps;

static uint64_t below(uint64_t limit)
{
    return guest_random_next(&state) % limit;
}

static unsigned which(const struct wait_queue *queue)
{
    return queue == &pipe.readers ? READERS : queue == &pipe.writers ? WRITERS : NO_QUEUE;
}

/* Somebody reads so many bytes. */
static void take(size_t count)
{
    pipe.count -= count;
    pipe.first = (pipe.first + count) % PIPE_SIZE;
}

/* --- stand-ins --- */

bool worker_sleep(struct wait_queue *queue)
{
    uint64_t choice = below(8);

    note_call(SLEEP, which(queue) | pipe.count << 8);
    if (choice == 0 || ++naps == NAPS_MOST) {
        pipe.has_reader = false;
    } else if (choice == 1) {
        take(pipe.count);
        return false;
    } else if (choice > 2) { /* 2: another one was faster; 4: it reads all */
        take(choice == 4 ? pipe.count : below(pipe.count + 1));
    }
    if (choice == 3) { /* all read, and gone */
        pipe.has_reader = false;
    }
    return true;
}

void worker_sleep_surely(struct wait_queue *queue)
{
    note_call(SLEEP_SURELY, which(queue));
    (void)worker_sleep(queue);
}

void worker_wake_all(struct wait_queue *queue)
{
    note_call(WAKE_ALL, which(queue) | pipe.count << 8);
}

void worker_wake_first(struct wait_queue *queue)
{
    note_call(WAKE_FIRST, which(queue));
}

/* --- calls --- */

static size_t any_size(void)
{
    size_t room = PIPE_SIZE - pipe.count;

    switch (guest_random_below(6)) {
    case 0:
        return 0;
    case 1:
        return PIPE_SIZE;
    case 2:
        return room;
    case 3:
        return room < PIPE_SIZE ? room + 1 : room;
    default:
        return guest_random_below(PIPE_SIZE + 1);
    }
}

static size_t prepare(void)
{
    uint64_t factor = guest_random() | 1;

    state = guest_random();
    naps = 0;
    pipe = (struct pipe){.has_writer = true};
    pipe.has_reader = guest_random_below(4) != 0;
    pipe.first = guest_random_below(PIPE_SIZE);
    switch (guest_random_below(4)) {
    case 0:
        pipe.count = PIPE_SIZE;
        break;
    case 1:
        pipe.count = 0;
        break;
    default:
        pipe.count = guest_random_below(PIPE_SIZE + 1);
    }
    for (size_t i = 0; i < PIPE_SIZE; i++) {
        pipe.bytes[i] = (uint8_t)(i * factor >> 8);
        bytes[i] = (uint8_t)(i * factor >> 16);
    }
    return any_size();
}

int64_t guest_main(uint64_t argument)
{
    (void)argument;
    for (unsigned i = 0; i < CASES; i++) {
        size_t size = prepare(), done = UNSET;
        int error = pipe_write(&pipe, bytes, size, &done);
        static uint8_t content[PIPE_SIZE];

        for (size_t at = 0; at < PIPE_SIZE; at++) {
            content[at] = pipe.bytes[(pipe.first + at) % PIPE_SIZE];
        }
        note((uint64_t)error);
        note(done);
        note(pipe.count);
        note(digest_of(content, pipe.count <= PIPE_SIZE ? pipe.count : PIPE_SIZE));
        notes_end();
    }
    return 0;
}
