/**
 * @file
 * Stand-ins for messages: receiving from the script, answering it, calling the other stand-ins; and
 * the program's beginning.
 */
#include "messages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/capability.h"
#include "buffer.h"
#include "endpoint.h"
#include "host.h"
#include "script.h"
#include "vfs/slots.h"

#define CALLERS 512u

int64_t vfs_main(uint64_t argument);

static struct ipc_buffer buffer;
struct ipc_buffer *ipc_buffer = &buffer;

/* Who waits for an answer: an index from 1 on is the object of a slot. 0 is nobody. */
static struct host_request callers[CALLERS];
static uint64_t last_caller;
static uint64_t random_state = 1;

/** @return a number, 0 to below - 1 */
uint64_t host_random(uint64_t below)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (random_state >> 33) % below;
}

/** Forgets a caller, and empties the slot that he is in. */
static void forget(uint64_t caller)
{
    for (uint64_t i = 0; i < HOST_SLOTS; i++) {
        struct host_slot *at = host_slot_at((slot){i});

        if (at->kind == OBJECT_REPLY && at->object == caller) {
            *at = (struct host_slot){.kind = 0};
        }
    }
    last_caller = last_caller == caller ? 0 : last_caller;
    callers[caller].client = 0;
}

/** A client does not wait any more for one answer. */
void messages_give_up(uint64_t client, uint64_t serial)
{
    for (uint64_t i = 1; i < CALLERS; i++) {
        if (callers[i].client == client && callers[i].serial == serial) {
            forget(i);
        }
    }
}

/** A client does not wait any more for anything. */
void messages_end(uint64_t client)
{
    for (uint64_t i = 1; i < CALLERS; i++) {
        if (callers[i].client == client) {
            forget(i);
        }
    }
}

static uint64_t remember(const struct host_request *request)
{
    for (uint64_t i = 1; i < CALLERS; i++) {
        if (callers[i].client == 0) {
            callers[i] = *request;
            return i;
        }
    }
    host_fail("too many wait for an answer");
}

/** Lets a slot travel along. */
static uint64_t arrive(uint64_t notification)
{
    struct host_slot *at = host_slot_at((slot){ipc_buffer->receive_slot});

    if (notification == 0 || at->kind != 0) {
        return 0;
    }
    *at = (struct host_slot){.kind = OBJECT_NOTIFICATION, .object = notification};
    return MESSAGE_TRANSFER;
}

/** Makes a message of a request. What the buffer holds behind it is somebody else's. */
static void deliver(const struct host_request *request, struct message *message)
{
    uint64_t words = (request->size + 7) / 8;
    uint64_t length = words > 0 ? MESSAGE_REGISTER_WORDS + words : MESSAGE_REGISTER_WORDS;

    *message = (struct message){info_make((uint32_t)request->label, length), request->client, {0}};
    message->info |= arrive(request->notification);
    memcpy(message->words, request->words, sizeof(request->words));
    memcpy(ipc_buffer->words + MESSAGE_REGISTER_WORDS, request->bytes, words * 8);
    last_caller = request->wants_answer ? remember(request) : 0;
}

/** Lets something happen, if there is something. */
static bool receive(struct message *message)
{
    struct host_request request;

    if (host_random(2) == 0) {
        host_storage_finish_one();
    }
    if (host_signals != 0) {
        *message = (struct message){.info = MESSAGE_SIGNAL, .badge = host_signals};
        host_signals = 0;
        return true;
    }
    if (script_next(&request)) {
        deliver(&request, message);
        return true;
    }
    return false;
}

enum error ipc_recv(slot endpoint, struct message *message, uint64_t timeout)
{
    uint64_t began = host_milliseconds;

    if (host_slot_at(endpoint)->object != HOST_VFS) {
        return ERROR_BAD_SLOT;
    }
    if (last_caller != 0) {
        host_fail("client %lu would never get an answer", callers[last_caller].client);
    }
    while (!receive(message)) {
        if (host_storage_finish_one()) {
            continue;
        }
        if (timeout != TIMEOUT_INFINITE && host_milliseconds - began >= timeout) {
            return ERROR_TIMEOUT;
        }
        script_idle();
        script_read();
    }
    return ERROR_NONE;
}

enum error ipc_reply(slot caller, const struct message *message)
{
    struct host_slot *at = host_slot_at(caller);
    uint64_t index = caller.number == SLOT_LAST_CALLER ? last_caller : at->object;

    if (caller.number != SLOT_LAST_CALLER && at->kind != OBJECT_REPLY) {
        return ERROR_BAD_SLOT;
    }
    if (index == 0) {
        return ERROR_NO_CALLER;
    }
    script_answer(&callers[index], message);
    forget(index);
    return ERROR_NONE;
}

enum error ipc_reply_recv(slot endpoint, struct message *message, uint64_t timeout)
{
    enum error error = ipc_reply(SLOT_REPLY, message);

    return error == ERROR_NONE ? ipc_recv(endpoint, message, timeout) : error;
}

enum error reply_save(slot to)
{
    if (last_caller == 0) {
        return ERROR_NO_CALLER;
    }
    if (host_slot_at(to)->kind != 0) {
        return ERROR_BAD_SLOT;
    }
    *host_slot_at(to) = (struct host_slot){.kind = OBJECT_REPLY, .object = last_caller};
    last_caller = 0;
    return ERROR_NONE;
}

enum error ipc_call(slot endpoint, struct message *message, uint64_t timeout)
{
    const struct host_slot *at = host_slot_at(endpoint);

    (void)timeout;
    if (at->kind != OBJECT_ENDPOINT) {
        return ERROR_BAD_SLOT;
    }
    if (at->object == HOST_ROOT) {
        host_root_call(message);
    } else if (at->object == HOST_STORAGE) {
        host_storage_call(message);
    } else if (at->object == HOST_CLOCK) {
        *message = (struct message){.info = info_make(0, 1), .words = {1700000000}};
    } else {
        return ERROR_TIMEOUT;
    }
    return ERROR_NONE;
}

enum error endpoint_lookup_within(const char *name, slot into, uint64_t timeout)
{
    uint64_t before = ipc_buffer->receive_slot;
    bool is_there;

    (void)timeout;
    ipc_buffer->receive_slot = into.number;
    is_there = host_names_lookup(name);
    ipc_buffer->receive_slot = before;
    return is_there ? ERROR_NONE : ERROR_TIMEOUT;
}

enum error endpoint_lookup(const char *name, slot into)
{
    return endpoint_lookup_within(name, into, ENDPOINT_LOOKUP_TIMEOUT);
}

enum error endpoint_register(const char *name, slot endpoint)
{
    return strcmp(name, "vfs") == 0 && host_slot_at(endpoint)->object == HOST_VFS
               ? ERROR_NONE
               : ERROR_INVALID_ARGUMENT;
}

/** Runs the server with a script. */
int main(int argc, char **argv)
{
    unsigned disk = 0;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-s") == 0 && i + 1 < argc) {
            random_state = strtoull(argv[++i], NULL, 0) * 2 + 1;
        } else if (disk < 2) {
            host_storage_open(disk++, argv[i]);
        }
    }
    host_slots_begin();
    printf("# end %ld\n", vfs_main(0));
    return EXIT_FAILURE;
}
