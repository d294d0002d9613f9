/**
 * @file
 * The root task: the kernel has given it everything there is. It is loader, pager and process
 * manager of all others: it starts the name server and what first.c says, and serves until the
 * program that is named there has ended; then it ends, and the machine stops.
 *
 * It never waits for a process, so no process can make the others wait. Who asks is told by the
 * badge of the message; what stands in it may be anything.
 */
#include "demand.h"
#include "files.h"
#include "first.h"
#include "loader.h"
#include "places.h"
#include "services.h"
#include "session_parts.h"
#include "shared.h"

#include "abi/exception.h"
#include "buffer.h"
#include "endpoint.h"
#include "memory.h"
#include "print.h"
#include "program.h"
#include "server.h"
#include "string.h"
#include "task.h"

#define CLIENT_RIGHTS (RIGHT_SEND | RIGHT_GRANT)
#define SWEEP_TIME 20ul      /* milliseconds without a message */
#define SWEEP_MESSAGES 4096u /* or so many messages */
#define OWN_PAGES 1u         /* of memory for the root task's own endpoints */

#define ENDED_BY_FAULT (-1) /* exit status */
#define FAULT_REFUSED 1u    /* label of an answer that ends the thread */

/**
 * Ends a process for its fault. Refused, its thread ends by the kernel's hand, which tells of it
 * when the thread's turn comes. So it has its turn, before the process ends: it is made as
 * important as the root task. (Of other threads than the first the line is missing.)
 */
static void refuse(struct process *process)
{
    struct message refusal = {.info = info_make(FAULT_REFUSED, 0)};

    loader_set_priority(process, PRIORITY_LEVELS - 1);
    ipc_reply(SLOT_REPLY, &refusal);
    task_yield();
    process_end(process, ENDED_BY_FAULT);
}

static bool handle_fault(struct process *process, struct message *message)
{
    if ((message->words[1] & FAULT_EXCEPTION) == 0 &&
        demand_mend(process, message->words[0], (unsigned)message->words[1])) {
        return server_result(message, ERROR_NONE);
    }
    refuse(process);
    return false;
}

static bool handle_start(const struct process *process, struct message *message)
{
    char name[2 * sizeof(uint64_t)];
    struct process_start start = {process->id, place_slot(PLACE_NAMES_TO_GIVE), NULL, NULL, 0};
    struct call_result started;

    memcpy(name, message->words, sizeof(name));
    if (name[0] == '\0' || name[INIT_NAME_MAX] != '\0') {
        return server_result(message, ERROR_INVALID_ARGUMENT);
    }
    if (!session_may_start(process, name)) {
        return server_result(message, ERROR_NO_RIGHT);
    }
    if (message->info & MESSAGE_TRANSFER) {
        start.given = place_slot(PLACE_ARRIVING);
    }
    started = process_start(name, message->words[2], &start);
    *message =
        (struct message){.info = info_make((uint32_t)started.error, 1), .words = {started.value}};
    return true;
}

static bool handle_attach(struct process *process, struct message *message)
{
    return server_result(
        message, shared_attach(process, message->words[0], message->words[1], message->words[2]));
}

static bool handle_counts(struct message *message)
{
    *message = (struct message){.info = info_make(ERROR_NONE, INIT_COUNTED)};
    memcpy(message->words, demand_counts, sizeof(demand_counts));
    return true;
}

static bool handle_exit(struct process *process, const struct message *message)
{
    process_end(process, (int64_t)message->words[0]);
    return false;
}

static bool handle_memory(struct message *message)
{
    *message = (struct message){.info = info_make(ERROR_NONE, 2)};
    message->words[0] = blocks_free(&message->words[1]);
    return true;
}

static bool handle_request(struct process *process, struct message *message)
{
    switch (info_label(message->info)) {
    case INIT_START:
        return handle_start(process, message);
    case INIT_ATTACH:
        return handle_attach(process, message);
    case INIT_COUNTS:
        return handle_counts(message);
    case INIT_EXIT:
        return handle_exit(process, message);
    case INIT_JOIN:
        return process_join(process, message);
    case INIT_MEMORY:
        return handle_memory(message);
    default:
        return session_handle(process, message);
    }
}

/** Handles what has come, and leaves the slot empty where the next one may arrive. */
static bool handle(struct message *message)
{
    struct process *process = process_find(message->badge);
    bool has_slot = message->info & MESSAGE_TRANSFER;
    bool answered;

    if (process == NULL) {
        answered = server_result(message, ERROR_NO_RIGHT);
    } else if (message->info & MESSAGE_FAULT) {
        answered = handle_fault(process, message);
    } else {
        answered = handle_request(process, message);
    }
    if (has_slot) {
        slot_delete(place_slot(PLACE_ARRIVING));
    }
    return answered;
}

/** Answers, if there is something to answer, and receives. */
static enum error receive(struct message *message, bool answer)
{
    slot endpoint = place_slot(PLACE_ENDPOINT);
    enum error error = ERROR_NO_CALLER;

    if (answer) {
        error = ipc_reply_recv(endpoint, message, SWEEP_TIME);
    }
    return error != ERROR_NO_CALLER ? error : ipc_recv(endpoint, message, SWEEP_TIME);
}

/** Serves until a process has ended. @return its exit status */
static int64_t serve_until_end(uint64_t last)
{
    struct message message;
    bool answer = false;

    for (uint64_t served = 1; process_is_alive(last); served++) {
        enum error error = receive(&message, answer);

        answer = error == ERROR_NONE && handle(&message);
        if (error != ERROR_NONE || served % SWEEP_MESSAGES == 0) {
            processes_sweep();
        }
    }
    return process_status(last);
}

/** Makes the endpoints that the root task needs, of a block of its own. */
static enum error make_endpoints(void)
{
    const struct block *memory = block_take(OWN_PAGES, 0);
    slot names = place_slot(PLACE_NAMES_OWNER);
    uint64_t endpoint = OBJECT(OBJECT_ENDPOINT, 0);
    enum error error;

    if (memory == NULL) {
        return ERROR_NO_MEMORY;
    }
    error = untyped_retype(block_slot(memory), endpoint, place_slot(PLACE_ENDPOINT));
    if (error == ERROR_NONE) {
        error = untyped_retype(block_slot(memory), endpoint, names);
    }
    if (error == ERROR_NONE) {
        error = slot_copy(place_slot(PLACE_NAMES_TO_GIVE), names, CLIENT_RIGHTS, 0);
    }
    return error == ERROR_NONE ? services_make(block_slot(memory)) : error;
}

static enum error prepare(void)
{
    blocks_init();
    files_map(STACK_START);
    ipc_buffer->receive_slot = place_slot(PLACE_ARRIVING).number;
    return make_endpoints();
}

/** Starts the name server, and what the stage is about. @return the program that it ends with */
static uint64_t start_all(void)
{
    struct process_start names = {.parent = ROOT_ID, .given = place_slot(PLACE_NAMES_OWNER)};
    struct process_start first = {.parent = ROOT_ID, .given = place_slot(PLACE_NAMES_TO_GIVE)};
    enum error error = prepare();

    if (error == ERROR_NONE) {
        error = (enum error)process_start("names", 0, &names).error;
    }
    if (error != ERROR_NONE) {
        print("[init] there is no name server: %s\n", error_name(error));
        return 0;
    }
    return first_start(&first);
}

/** The first program: the machine stops when it ends. */
int64_t main(uint64_t argument)
{
    uint64_t first = start_all();
    int64_t status = first != 0 ? serve_until_end(first) : ENDED_BY_FAULT;

    (void)argument;
    first_ended();
    return status;
}
