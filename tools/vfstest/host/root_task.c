/**
 * @file
 * Stand-ins for the root task, the name server and the clock driver.
 */
#include <string.h>

#include "abi/capability.h"
#include "buffer.h"
#include "host.h"
#include "init/session_proto.h"
#include "vfs/slots.h"

#define PROCESSES 4096u
#define MEGABYTE 1048576ul

/** A process. */
struct process {
    uint64_t id, parent;
    enum init_state state;
};

static struct process processes[PROCESSES];

static struct process *find(uint64_t id)
{
    for (struct process *process = processes; process < processes + PROCESSES; process++) {
        if (process->id == id) {
            return process;
        }
    }
    return NULL;
}

/** Makes a process that does not run yet. */
void host_root_create(uint64_t id, uint64_t parent)
{
    struct process *process = find(0);

    if (process == NULL || find(id) != NULL) {
        host_fail("process %lu cannot be created", id);
    }
    *process = (struct process){id, parent, INIT_STATE_CREATED};
}

/** Lets a process run; one that is not known is the root task's. */
void host_root_run(uint64_t id)
{
    if (find(id) == NULL) {
        host_root_create(id, 0);
    }
    find(id)->state = INIT_STATE_READY;
}

/** @return whether there is such a process */
bool host_root_knows(uint64_t id)
{
    return find(id) != NULL;
}

/** Ends a process, and tells the server. */
void host_root_end(uint64_t id)
{
    struct process *process = find(id);

    if (process != NULL) {
        *process = (struct process){.id = 0};
    }
    host_signals |= SIGNAL_ENDED;
}

static enum error tell_process(struct message *message)
{
    uint64_t place = message->words[0], id = message->words[1];
    const struct process *process = id != 0 ? find(id) : &processes[place % PROCESSES];

    if (id == 0 && place >= PROCESSES) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (process == NULL) {
        return ERROR_NO_THREAD;
    }
    memset(message->words, 0, sizeof(message->words));
    message->words[0] = process->id;
    message->words[1] = process->parent;
    message->words[2] = process->state;
    memcpy(&message->words[3], "process", 8);
    message->words[5] = 20;
    return ERROR_NONE;
}

static enum error tell_capability(struct message *message)
{
    if (find(message->words[0]) == NULL) {
        return ERROR_NO_THREAD;
    }
    if (message->words[1] >= 94) {
        return ERROR_BAD_SLOT;
    }
    uint64_t kind = message->words[1] == 1 ? OBJECT_ENDPOINT | 5 << 8 : 0;

    message->words[0] = kind;
    message->words[1] = kind != 0 ? 17 : 0;
    message->words[2] = 0;
    message->words[3] = 94;
    return ERROR_NONE;
}

/** Answers a request to the root task. */
void host_root_call(struct message *message)
{
    enum error error = ERROR_NONE;

    switch (info_label(message->info)) {
    case INIT_PROCESS:
        error = tell_process(message);
        break;
    case INIT_CAPABILITY:
        error = tell_capability(message);
        break;
    case INIT_WATCH:
    case INIT_SERVE:
        error = message->info & MESSAGE_TRANSFER ? ERROR_NONE : ERROR_BAD_SLOT;
        break;
    case INIT_TOTAL:
        message->words[0] = 128 * MEGABYTE;
        message->words[1] = 2 * MEGABYTE;
        message->words[2] = 64 * MEGABYTE;
        message->words[3] = host_milliseconds;
        break;
    default:
        error = ERROR_INVALID_ARGUMENT;
    }
    message->info = info_make(error, 8);
}

/** Finds an endpoint by its name; it arrives in the receive slot. @return whether it is there */
bool host_names_lookup(const char *name)
{
    uint64_t object = 0;

    if (strcmp(name, "clock") == 0) {
        object = HOST_CLOCK;
    }
    if (object != 0) {
        *host_slot_at((slot){ipc_buffer->receive_slot}) =
            (struct host_slot){.kind = OBJECT_ENDPOINT, .object = object};
    }
    return object != 0;
}
