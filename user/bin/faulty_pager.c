/**
 * @file
 * A pager that makes a task of its own memory, and does not do for it what a pager should. That is
 * its client's trouble, and nobody else's.
 *
 * It needs no privilege but memory: all that a task consists of can be made of that.
 */
#include "bin/faulty_pager.h"

#include <stdbool.h>

#include "endpoint.h"
#include "first_task.h"
#include "ipc.h"
#include "memory.h"
#include "print.h"
#include "program.h"
#include "task.h"
#include "thread.h"

#define ENDPOINT ((slot){4})
#define CLIENT_CSPACE ((slot){5})
#define CLIENT_SPACE ((slot){6})
#define CLIENT_THREAD ((slot){7})
#define CLIENT_BUFFER ((slot){8})

#define CLIENT_SLOTS 4u
#define ENTRY 0x400000ul /* of a client that has no memory at all */
#define STACK 0x500000ul
#define BADGE 77u
#define SILENCE 50ul /* milliseconds */
#define LIES 100u
#define REFUSAL 1u /* label of an answer that does not let the client try again */
#define ENDED 1u   /* of THREAD_FACT_STATE */

/** Makes what a task consists of. */
static enum error make_parts(void)
{
    enum error error = endpoint_create(ENDPOINT);

    if (error == ERROR_NONE) {
        error = object_create(OBJECT_CNODE, CLIENT_SLOTS, CLIENT_CSPACE);
    }
    if (error == ERROR_NONE) {
        error = object_create(OBJECT_SPACE, SPACE_TABLES_MIN, CLIENT_SPACE);
    }
    if (error == ERROR_NONE) {
        error = object_create(OBJECT_THREAD, 0, CLIENT_THREAD);
    }
    return error == ERROR_NONE ? object_create(OBJECT_FRAME, 1, CLIENT_BUFFER) : error;
}

/** Makes a client, and lets it run into its first fault. */
static enum error make_client(void)
{
    static const char name[] = "bad_client";
    enum error error = make_parts();

    memory_touch(name, sizeof(name));
    if (error == ERROR_NONE) {
        error = slot_copy(slot_in(CLIENT_CSPACE, SLOT_FAULTS), ENDPOINT, RIGHT_SEND, BADGE);
    }
    if (error == ERROR_NONE) {
        error = thread_configure(CLIENT_THREAD, CLIENT_CSPACE, CLIENT_SPACE, CLIENT_BUFFER);
    }
    if (error == ERROR_NONE) {
        error = thread_set_name(CLIENT_THREAD, name, sizeof(name) - 1);
    }
    return error == ERROR_NONE ? thread_start(CLIENT_THREAD, ENTRY, STACK, 0) : error;
}

/** Takes the client's first fault. @return whether it is as it should be */
static bool take_fault(void)
{
    struct message fault;

    return ipc_recv(ENDPOINT, &fault, TIMEOUT_INFINITE) == ERROR_NONE && fault.badge == BADGE &&
           (fault.info & MESSAGE_FAULT) != 0 && info_label(fault.info) == 0 &&
           fault.words[0] == ENTRY && fault.words[1] == MEMORY_EXECUTE && fault.words[2] == ENTRY;
}

static int64_t be_silent(void)
{
    task_sleep(SILENCE);
    return slot_revoke((slot){SLOT_OWN_MEMORY}) != ERROR_NONE || slot_kind(CLIENT_THREAD) != 0;
}

static int64_t lie(void)
{
    struct message message = {.info = info_make(0, 0)};

    for (unsigned i = 0; i < LIES; i++) {
        if (ipc_reply_recv(ENDPOINT, &message, TIMEOUT_INFINITE) != ERROR_NONE) {
            return 1;
        }
        message = (struct message){.info = info_make(0, 0)};
    }
    message.info = info_make(REFUSAL, 0);
    ipc_reply(SLOT_REPLY, &message);
    task_sleep(SILENCE);
    return thread_read(CLIENT_THREAD, THREAD_FACT_STATE).value != ENDED;
}

/** A faulty pager. @param argument an enum faulty_pager_kind @return how much was wrong */
int64_t main(uint64_t argument)
{
    enum error error = make_client();

    if (error != ERROR_NONE) {
        print("[faulty_pager] has no client: %s\n", error_name(error));
        return 1;
    }
    if (!take_fault()) {
        print("[faulty_pager] this is no right fault\n");
        return 1;
    }
    switch (argument) {
    case FAULTY_PAGER_SILENT:
        return be_silent();
    case FAULTY_PAGER_LIAR:
        return lie();
    default:
        return 0;
    }
}
