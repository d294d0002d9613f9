/**
 * @file
 * file_seek(): all that there can be in a request. With an argument another request has the lock,
 * and moves the file's offset and end before it gives it back; meanwhile the client closes the
 * file.
 */
#include <errno.h>

#include "notes.h"
#include "vfs/handlers.h"
#include "vfs/node.h"

#define CASES 240u
#define NOWHERE 0xA5A5A5A5A5A5A5A5u

enum { HOLD = 1, PUT, LOCK, UNLOCK, OTHER_LOCK, GONE };

static struct file_kind kind;
static struct node node;
static struct open_file file;
static struct open_file next_file; /* opened by the client while the lock is waited for */
static struct request request;

static bool has_file, is_closed;
static uint64_t next_offset, next_size; /* after others have had the lock */
static uint64_t last_offset;            /* when the file was given back */

/* --- stand-ins --- */

struct open_file *request_file(const struct request *from)
{
    if (!has_file || from != &request) {
        return NULL;
    }
    return is_closed ? &next_file : &file;
}

static void drop(struct open_file *given)
{
    if (--given->references == 0) {
        note_call(GONE, 0);
        last_offset = given->offset;
        given->offset = NOWHERE;
    }
}

struct open_file *open_file_hold(struct open_file *given)
{
    note_call(HOLD, 0);
    given->references++;
    return given;
}

void open_file_put(struct open_file *given)
{
    note_call(PUT, 0);
    drop(given);
}

void rw_lock_write(struct rw_lock *lock)
{
    note_call(lock == &file.offset_lock ? LOCK : OTHER_LOCK, 0);
    file.offset = next_offset;
    node.status.size = next_size;
    if (guest_argument(0)) {
        is_closed = true;
        drop(&file);
    }
}

void rw_unlock_write(struct rw_lock *lock)
{
    note_call(lock == &file.offset_lock ? UNLOCK : OTHER_LOCK, 1);
}

void rw_lock_read(struct rw_lock *lock)
{
    (void)lock;
    note_call(OTHER_LOCK, 2);
}

void rw_unlock_read(struct rw_lock *lock)
{
    (void)lock;
    note_call(OTHER_LOCK, 3);
}

/* --- calls --- */

static uint64_t any_offset(void)
{
    switch (guest_random_below(4)) {
    case 0:
        return guest_random_below(100);
    case 1:
        return guest_random_below((uint64_t)1 << 40);
    case 2:
        return INT64_MAX - guest_random_below(100);
    default:
        return guest_random() >> 1;
    }
}

static uint64_t any_whence(void)
{
    uint64_t choice = guest_random_below(8), high;

    if (choice < 6) {
        return choice % 3;
    }
    if (choice == 6) {
        return 3 + guest_random_below(4);
    }
    high = guest_random() << 32 | (uint64_t)1 << 63;
    return high | guest_random_below(3); /* its low half is one of the three */
}

static uint64_t any_distance(uint64_t from)
{
    switch (guest_random_below(7)) {
    case 0:
        return guest_random_below(200) - 100;
    case 1:
        return -from;
    case 2:
        return -from - 1;
    case 3:
        return INT64_MAX - from;
    case 4:
        return INT64_MAX - from + 1;
    case 5:
        return 0;
    default:
        return guest_random();
    }
}

static void prepare(void)
{
    uint64_t whence, from, descriptor;

    is_closed = false;
    has_file = guest_random_below(8) != 0;
    kind = (struct file_kind){.can_seek = guest_random_below(8) != 0};
    file = (struct open_file){.references = 1, .kind = &kind, .node = &node};
    file.offset = any_offset();
    node.status.size = any_offset();
    next_file = file;
    next_offset = any_offset();
    next_size = any_offset();
    if (!guest_argument(0)) {
        next_offset = file.offset;
        next_size = node.status.size;
    }
    whence = any_whence();
    from = whence == 1 ? next_offset : whence == 2 ? next_size : 0;
    descriptor = guest_random();
    request = (struct request){.words = {descriptor, any_distance(from), whence}};
}

int64_t guest_main(uint64_t argument)
{
    (void)argument;
    for (unsigned i = 0; i < CASES; i++) {
        int error;

        prepare();
        error = file_seek(&request);
        note((uint64_t)error);
        note(request.answer[0]);
        note(file.references > 0 ? file.offset : last_offset);
        notes_end();
    }
    return 0;
}
