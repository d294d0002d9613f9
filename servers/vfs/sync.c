/**
 * @file
 * FILE_SYNC and FILE_FSYNC; and what has changed is written every few seconds in any case.
 *
 * What has failed is told to everybody whom it concerns: mounts_sync.c. Who was told of what is
 * looked at before anything sleeps: so of several who sync the same file at once all are told.
 */
#include <errno.h>

#include "clock.h"
#include "handlers.h"
#include "mounts.h"
#include "worker_run.h"
#include "write_back.h"

#define WRITE_BACK_INTERVAL 5000u /* milliseconds */

static uint64_t next; /* when to write back, in milliseconds since the machine began; 0: never */
static bool is_writing;

/** Writes everything to the media: see proto.h. */
int file_sync(struct request *request)
{
    struct client *client = request->client;
    uint64_t told = client->told;
    int error = mounts_sync(false);

    client->told = mounts_tell();
    return client->told != told && error == 0 ? EIO : error;
}

/** Writes an open file to its medium, and whatever else is to be written there: see proto.h. */
int file_fsync(struct request *request)
{
    struct open_file *file = request_file(request);
    uint64_t told;
    int error;

    if (file == NULL) {
        return EBADF;
    }
    if (file->node == NULL) {
        return EINVAL;
    }
    open_file_hold(file);
    told = file->told;
    error = mount_sync(file->node->mount);
    file->told = mount_tell(file->node->mount);
    error = file->told != told && error == 0 ? EIO : error;
    open_file_put(file);
    return error;
}

/** What a worker does. */
static void write_back(void)
{
    mounts_sync(true); /* nobody is told here; what has failed is tried again */
    is_writing = false;
}

/**
 * Begins to write back, when it is time for that. Called by the main loop, not in a worker.
 *
 * @return after how many milliseconds to ask again; TIMEOUT_INFINITE: not before something changes
 */
uint64_t write_back_check(void)
{
    uint64_t now;

    if (!mounts_are_changed()) {
        next = 0;
        return TIMEOUT_INFINITE;
    }
    now = clock_milliseconds();
    if (next == 0 || is_writing) {
        next = now + WRITE_BACK_INTERVAL;
    } else if (now >= next) {
        next = now + WRITE_BACK_INTERVAL;
        is_writing = worker_start(write_back) != NULL;
    }
    return next - now;
}
