/**
 * @file
 * Resource managers, as the server keeps them: manager_proto.h says what they are.
 *
 * What is asked of a manager is a call. It waits in the manager's queue until the manager fetches
 * it, and then for the answer; the worker that asks sleeps meanwhile. A call whose worker has given
 * up is abandoned: taken out of the queue, or, when it was fetched already, put back into it as
 * MANAGER_CANCEL. What an abandoned MANAGER_OPEN has opened all the same is closed.
 *
 * Each open file of a manager keeps room for a call, that of its MANAGER_CLOSE. So a manager that
 * does not fetch anything hinders nobody but those who ask it. Who finds no room for a call waits.
 */
#pragma once

#include "ipc.h"
#include "manager_proto.h"
#include "open_file.h"
#include "vfs/proto.h"
#include "worker_run.h"

#define MANAGERS_MAX 16u
#define MANAGER_FILES 64u /**< most open files of each manager */

/* Whoever asks has a worker. So those of MANAGER_CALLS that no file keeps are enough for all, but
 * for what was abandoned and is not cancelled yet. */
_Static_assert(MANAGER_CALLS >= MANAGER_FILES + WORKERS, "nobody waits because others do");

/** States of a call. */
enum call_state {
    CALL_FREE,
    CALL_QUEUED,    /**< in the queue */
    CALL_FETCHED,   /**< the manager has it */
    CALL_ANSWERED,  /**< the worker has not seen it yet */
    CALL_ABANDONED, /**< the manager has it; in the queue as MANAGER_CANCEL */
};

/** What is asked. */
struct manager_call {
    enum call_state state;
    enum manager_request what;
    uint64_t tag, handle;
    uint64_t words[2]; /**< 3 and 4 of what FILE_NEXT answers */
    const void *bytes; /**< that go to the manager; NULL: none */
    size_t size;       /**< of these */
    void *room;        /**< for bytes that come back; NULL: none are taken */
    size_t room_size;  /**< of that; most bytes that the result may tell for a write */
    bool has_worker;   /**< somebody waits for the answer */
    int error;         /**< the answer */
    uint64_t result;
    struct wait_queue waiting;
    struct manager_call *next; /**< in the queue */
};

/** A manager. Written by managers.c; its calls by manager_calls.c. */
struct manager {
    uint64_t number; /**< never used again; 0: nobody */
    uint64_t owner;  /**< the client */
    char name[FILE_NAME_MAX];
    size_t name_length;     /**< 0: it has no name yet */
    unsigned used;          /**< calls that are not free */
    unsigned files;         /**< open files, and those that are being opened */
    struct wait_queue room; /**< wait for a call to become free */
    struct manager_call *first, *last;
    struct manager_call calls[MANAGER_CALLS];
};

struct manager *manager_find(uint64_t number);
struct manager *manager_at(unsigned place);
struct manager *manager_named(const char *name, size_t length);
int manager_make(uint64_t owner, uint64_t *number);
void manager_set_name(struct manager *manager, const char *name, size_t length);
void manager_end(struct manager *manager);
void manager_signal(const struct manager *manager);
void managers_end(uint64_t owner);

void manager_file_gone(struct manager *manager);
int manager_ask(struct manager *manager, struct manager_call *question);
void manager_tell(struct manager *manager, enum manager_request what, uint64_t handle);
void manager_answer(struct manager *manager, uint64_t tag, const struct manager_call *answer);
bool manager_fetch(struct manager *manager, struct manager_call *call);
void manager_calls_end(struct manager *manager);

int manager_open(uint64_t number, const char *rest, size_t length, unsigned flags,
                 struct open_file *file);
