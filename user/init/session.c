/**
 * @file
 * Requests that come with programs in files: see session_proto.h.
 */
#include "init/session_proto.h"

#include "demand.h"
#include "last.h"
#include "loader.h"
#include "memory.h"
#include "notification.h"
#include "places.h"
#include "server.h"
#include "session_facts.h"
#include "session_image.h"
#include "session_parts.h"
#include "session_wait.h"
#include "string.h"

/** What every program from a file may have. */
static const struct privileges file_privileges = {.memory = PRIVILEGE_MEMORY,
                                                  .tables = PRIVILEGE_TABLES,
                                                  .heap = INIT_HEAP_PAGES,
                                                  .slots = OWN_SLOTS,
                                                  .priority = PRIVILEGE_PRIORITY};

#define RESERVES_MAX 3u

static uint32_t powers_left[PROCESSES_MAX]; /* powers that a process from a file was given */

/** @return the powers of a process */
uint32_t session_powers(const struct process *process)
{
    return process->privileges == &file_privileges ? powers_left[process_index(process)]
                                                   : process->privileges->parts >> PRIVILEGE_PARTS;
}

/**
 * What a process has to leave to those above it, so that somebody can still look and end it,
 * whatever it and all that it has started take: a part of everything for each program from a file
 * that stands above it, up to RESERVES_MAX.
 *
 * @param id  of the process that asks for something; ROOT_ID
 * @return so many RESERVE_PARTs have to be free when it has got that
 */
unsigned session_reserve(uint64_t id)
{
    const struct process *process = process_find_any(id);
    unsigned reserve = 0;

    while (process != NULL && reserve < RESERVES_MAX) {
        process = process_find_any(process->parent);
        reserve += process != NULL && process->privileges == &file_privileges;
    }
    return reserve;
}

static bool has_power(const struct process *process, enum init_power power)
{
    return session_powers(process) & power;
}

/** @return whether a process has all powers that a program's privileges name: nobody starts what
 * may do more than itself, a second VFS server, say */
bool session_may_start(const struct process *process, const char *name)
{
    return (privileges_find(name)->parts >> PRIVILEGE_PARTS & ~session_powers(process)) == 0;
}

/** Keeps in a place of the root task's own what has arrived, instead of what was there. */
static enum error keep_arrived(uint64_t place)
{
    slot kept = place_slot(place);

    if (slot_kind(place_slot(PLACE_ARRIVING)) == 0) {
        return ERROR_BAD_SLOT;
    }
    slot_delete(kept);
    return slot_move(kept, place_slot(PLACE_ARRIVING));
}

static enum error keep(const struct process *process, uint64_t place)
{
    return has_power(process, POWER_SERVE) ? keep_arrived(place) : ERROR_NO_RIGHT;
}

/* --- Starting. --- */

/** What a process asks to be started. */
struct creation {
    char name[2 * sizeof(uint64_t)];
    uint64_t file_size, arguments_size; /**< bytes */
    uint32_t powers;
};

static uint64_t pages_of(uint64_t bytes)
{
    return bytes / PAGE_SIZE + (bytes % PAGE_SIZE != 0);
}

static enum error check(const struct process *process, const struct creation *creation)
{
    uint64_t arguments = pages_of(creation->arguments_size);
    bool is_named = creation->name[0] != '\0' && creation->name[INIT_NAME_MAX] == '\0';

    if (!is_named || creation->file_size == 0 || arguments > INIT_ARGUMENTS_PAGES ||
        pages_of(creation->file_size) > INIT_IMAGE_PAGES ||
        !draft_is_large_enough(process, pages_of(creation->file_size) + arguments)) {
        return ERROR_INVALID_ARGUMENT;
    }
    return ERROR_NONE;
}

/** Makes a process of a draft that has been looked at. */
static enum error create(struct process *parent, const struct image *image,
                         const struct creation *creation, uint64_t *id)
{
    struct process_start start = {parent->id, place_slot(PLACE_SERVED), image, &file_privileges,
                                  (uint32_t)pages_of(creation->arguments_size)};
    struct process *process = NULL;
    enum error error = process_create(&start, &process);

    if (error != ERROR_NONE) {
        return error;
    }
    error = demand_fill(process, INIT_ARGUMENTS_ADDRESS,
                        image->bytes + pages_of(creation->file_size) * PAGE_SIZE,
                        creation->arguments_size);
    if (error != ERROR_NONE) {
        process_discard(process);
        return error;
    }
    draft_hand_over(parent, process);
    powers_left[process_index(process)] = session_powers(parent) & creation->powers;
    *id = process->id;
    return ERROR_NONE;
}

static bool handle_create(struct process *process, struct message *message)
{
    struct creation creation = {.file_size = message->words[2],
                                .arguments_size = message->words[3],
                                .powers = (uint32_t)message->words[4]};
    const struct image *image;
    uint64_t id = 0;
    enum error error;

    memcpy(creation.name, message->words, sizeof(creation.name));
    error = check(process, &creation);
    if (error == ERROR_NONE) {
        error = draft_close(process, creation.name, creation.file_size, &image);
    }
    if (error == ERROR_NONE) {
        error = create(process, image, &creation, &id);
    }
    draft_discard(process);
    *message = (struct message){.info = info_make(error, 1), .words = {id}};
    return true;
}

static enum error run(const struct process *parent, uint64_t id)
{
    const struct process *process = process_find(id);

    if (process == NULL) {
        return ERROR_NO_THREAD;
    }
    if (process->parent != parent->id) {
        return ERROR_NO_RIGHT;
    }
    if (!loader_is_stopped(process)) {
        return ERROR_BUSY;
    }
    return loader_let_run(process, INIT_ARGUMENTS_ADDRESS);
}

/* --- Ending. --- */

/** @return whether a process has started another one, or one of those has, and so on */
static bool is_ancestor(const struct process *ancestor, const struct process *process)
{
    while (process != NULL && process->parent != ancestor->id) {
        process = process_find_any(process->parent);
    }
    return process != NULL;
}

/** Which processes are meant, seen from one. */
typedef bool (*relation)(const struct process *one, const struct process *process);

/** Ends all processes that are meant. As this is one step, nobody starts others meanwhile. */
static void end_all(relation is_meant, const struct process *one, int64_t status)
{
    for (uint64_t i = 0; i < PROCESSES_MAX; i++) {
        struct process *process = process_at(i);

        if (process->memory != NULL && is_meant(one, process)) {
            process_end(process, status);
        }
    }
}

/** @return whether a process is from a file, and not the first of those */
static bool is_started(const struct process *unused, const struct process *process)
{
    (void)unused;
    return session_reserve(process->id) > 0;
}

/** @return whether a process is one that another one has created and not let run */
static bool is_unstarted(const struct process *parent, const struct process *process)
{
    return process->parent == parent->id && process->privileges == &file_privileges &&
           loader_is_stopped(process);
}

static enum error end(const struct process *caller, uint64_t id, int64_t status, bool with_all)
{
    struct process *process = with_all ? process_find_any(id) : process_find(id);
    bool is_itself = process == caller;

    if (process == NULL) {
        return ERROR_NO_THREAD;
    }
    if (is_itself ? !with_all : !is_ancestor(caller, process)) {
        return ERROR_NO_RIGHT;
    }
    if (with_all) {
        end_all(is_ancestor, process, status);
    }
    if (!is_itself && process->memory != NULL) {
        process_end(process, status);
    }
    return ERROR_NONE;
}

static bool handle_shutdown(const struct process *process, struct message *message)
{
    if (!has_power(process, POWER_SHUTDOWN)) {
        return server_result(message, ERROR_NO_RIGHT);
    }
    last_process_end();
    return false;
}

static enum error interrupt(const struct process *process, int64_t status)
{
    if (!has_power(process, POWER_INTERRUPT)) {
        return ERROR_NO_RIGHT;
    }
    wait_interrupt_all();
    if (status != 0) {
        end_all(is_started, process, status);
    }
    return ERROR_NONE;
}

/* --- All of them. --- */

/**
 * Handles a request that is not one of proto.h.
 *
 * @param process  who asks
 * @param message  the request; becomes the answer
 * @return whether to answer now
 */
bool session_handle(struct process *process, struct message *message)
{
    const uint64_t *words = message->words;

    switch (info_label(message->info)) {
    case INIT_IMAGE:
        return server_result(message, draft_make(process, words[0], words[1]));
    case INIT_CREATE:
        return handle_create(process, message);
    case INIT_RUN:
        return server_result(message, run(process, words[0]));
    case INIT_END:
        return server_result(message, end(process, words[0], (int64_t)words[1], words[2] != 0));
    case INIT_WAIT:
        return wait_handle(process, message);
    case INIT_INTERRUPT:
        return server_result(message, interrupt(process, (int64_t)words[0]));
    case INIT_WATCH:
        return server_result(message, keep(process, PLACE_WATCHER));
    case INIT_SERVE:
        return server_result(message, keep(process, PLACE_SERVED));
    case INIT_SHUTDOWN:
        return handle_shutdown(process, message);
    default:
        return facts_handle(message);
    }
}

/** A process ends, or could not be made: gives back what it has here. What it has created and not
 * let run ends, since nobody else could let it. */
void session_forget(struct process *process)
{
    end_all(is_unstarted, process, INIT_FAULTED);
    draft_discard(process);
    image_discard(process);
    wait_forget(process);
    notification_signal(place_slot(PLACE_WATCHER));
}

/** Answers whoever waits for a process that has ended. @return false when nobody does */
bool session_answer(const struct process *process)
{
    return wait_answer(process);
}
