/**
 * @file
 * Processes: how they start, and what happens at their end.
 *
 * A process is alive, or has ended and keeps its name for whoever joins it, or is nobody.
 * Everything it is made of comes from one block of memory, so its end is to give that back; what
 * others have of it goes, too. Its name stays until somebody joins it, or the one who has started
 * it ends. With its name it leaves what it has started to its own parent: so whoever has started a
 * program can end all that has come of it.
 *
 * A process tells the root task that it ends, or it ends by a fault; both arrive as a message. That
 * its thread has ended otherwise is noticed later, when the root task has nothing else to do.
 */
#include "process.h"

#include "loader.h"
#include "places.h"
#include "server.h"
#include "session_parts.h"
#include "shared.h"
#include "thread.h"

#define ENDED_OTHERWISE (-1) /* exit status */

static struct process processes[PROCESSES_MAX];
static uint64_t last_ids[PROCESSES_MAX]; /* the last process's in each place */

_Static_assert(PROCESS_SLOTS == PLACES_OF_PROCESS, "places.h has a slot for each of these");

/** @return a number of its own for each process, below PROCESSES_MAX */
uint64_t process_index(const struct process *process)
{
    return (uint64_t)(process - processes);
}

/** @return a slot that the root task has for a process */
slot process_slot(const struct process *process, unsigned which)
{
    return place_slot(PLACE_PROCESSES + process_index(process) * PROCESS_SLOTS + which);
}

/** @return the process in a place, below PROCESSES_MAX; nobody, when its id is 0 */
struct process *process_at(uint64_t index)
{
    return &processes[index];
}

/** @return the process of that name, which may have ended; NULL when there is none */
struct process *process_find_any(uint64_t id)
{
    struct process *process = &processes[(id - 1) % PROCESSES_MAX];

    return id != 0 && process->id == id ? process : NULL;
}

/** @return the process of that name; NULL when there is none, or it has ended */
struct process *process_find(uint64_t id)
{
    struct process *process = process_find_any(id);

    return process != NULL && process->memory != NULL ? process : NULL;
}

/** @return whether a process, or the root task, has not ended yet */
bool process_is_alive(uint64_t id)
{
    return id == ROOT_ID || process_find(id) != NULL;
}

/** @return the exit status of a process that has ended; -1 when that is lost, as it was joined */
int64_t process_status(uint64_t id)
{
    const struct process *process = process_find_any(id);

    return process != NULL ? process->status : ENDED_OTHERWISE;
}

/** Finds a place for a new process, and its name. @param reserve so many RESERVE_PARTs of all
 * places stay free @return NULL when there is none */
static struct process *take_place(unsigned reserve)
{
    unsigned left = reserve * (PROCESSES_MAX / RESERVE_PART);

    for (uint64_t i = 0; i < PROCESSES_MAX; i++) {
        if (processes[i].id == 0 && left-- == 0) {
            last_ids[i] = last_ids[i] == 0 ? i + 1 : last_ids[i] + PROCESSES_MAX;
            processes[i] = (struct process){.id = last_ids[i]};
            return &processes[i];
        }
    }
    return NULL;
}

/**
 * Makes a process. It does not run yet, and none of its program is in memory.
 *
 * @param start  what it consists of
 * @param made   set
 * @return as INIT_START in init/proto.h
 */
enum error process_create(const struct process_start *start, struct process **made)
{
    struct process *process = take_place(session_reserve(start->parent));
    enum error error;

    if (process == NULL) {
        return ERROR_TOO_MANY_THREADS;
    }
    process->image = start->image;
    process->privileges = start->privileges;
    process->parent = start->parent;
    process->more = start->more;
    error = loader_load(process, start->given);
    if (error != ERROR_NONE) {
        *process = (struct process){0};
        return error;
    }
    *made = process;
    return ERROR_NONE;
}

/**
 * Starts a program that the boot loader has brought. Its first instruction is a page fault.
 *
 * @param name      the program's
 * @param argument  for its main()
 * @param start     what else it is given: parent and given
 * @return ERROR_NONE and the new process's name; as INIT_START in init/proto.h
 */
struct call_result process_start(const char *name, uint64_t argument,
                                 const struct process_start *start)
{
    struct process_start whole = *start;
    struct process *process = NULL;
    enum error error = image_find(name, &whole.image);

    if (error == ERROR_NONE) {
        whole.privileges = privileges_find(name);
        error = process_create(&whole, &process);
    }
    if (error == ERROR_NONE) {
        error = loader_let_run(process, argument);
        if (error != ERROR_NONE) {
            process_discard(process);
        }
    }
    return (struct call_result){error, error == ERROR_NONE ? process->id : 0};
}

/** Takes a process apart as if it had never been. */
void process_discard(struct process *process)
{
    loader_unload(process);
    session_forget(process);
    *process = (struct process){0};
}

/** Answers whoever waits for a process's end. @return false when nobody does */
static bool answer_joiner(const struct process *process)
{
    struct message answer = {.info = info_make(ERROR_NONE, 1),
                             .words = {(uint64_t)process->status}};

    return ipc_reply(process_slot(process, PROCESS_JOINER), &answer) == ERROR_NONE;
}

/**
 * Frees the name of a process that has ended. Its children are its parent's then, which may end
 * them, but is not told of their end.
 */
void process_forget(struct process *process)
{
    for (struct process *child = processes; child < processes + PROCESSES_MAX; child++) {
        if (child->id != 0 && child->parent == process->id) {
            child->parent = process->parent;
            child->is_orphan = true;
        }
    }
    *process = (struct process){0};
}

/** Frees the names of those that only a process that ends could have joined. */
static void forget_children(const struct process *parent)
{
    for (struct process *process = processes; process < processes + PROCESSES_MAX; process++) {
        if (process->id != 0 && process->memory == NULL && process->parent == parent->id) {
            process_forget(process);
        }
    }
}

/** Gives back the regions that no process has attached. */
static void keep_regions(void)
{
    uint64_t attached = 0;

    for (size_t i = 0; i < PROCESSES_MAX; i++) {
        attached |= processes[i].regions;
    }
    shared_keep(attached);
}

/**
 * Ends a process, and takes back all that it has.
 *
 * @param process  alive
 * @param status   for whoever joins it
 */
void process_end(struct process *process, int64_t status)
{
    loader_unload(process);
    process->status = status;
    if (process->regions != 0) {
        process->regions = 0;
        keep_regions();
    }
    forget_children(process);
    session_forget(process);
    if (answer_joiner(process) || session_answer(process) || process->is_orphan ||
        !process_is_alive(process->parent)) {
        process_forget(process);
    }
}

/**
 * Answers INIT_JOIN, now or at the process's end.
 *
 * @param joiner   who asks
 * @param message  the request; becomes the answer
 * @return whether to answer now
 */
bool process_join(const struct process *joiner, struct message *message)
{
    struct process *process = process_find_any(message->words[0]);

    if (process == NULL) {
        return server_result(message, ERROR_NO_THREAD);
    }
    if (process == joiner) {
        return server_result(message, ERROR_INVALID_ARGUMENT);
    }
    if (process->parent != joiner->id || process->is_orphan) {
        return server_result(message, ERROR_NO_RIGHT);
    }
    if (process->memory != NULL) {
        /* refused when somebody waits already */
        enum error error = reply_save(process_slot(process, PROCESS_JOINER));

        return error != ERROR_NONE && server_result(message, ERROR_BUSY);
    }
    *message =
        (struct message){.info = info_make(ERROR_NONE, 1), .words = {(uint64_t)process->status}};
    process_forget(process);
    return true;
}

/**
 * Ends processes whose thread has ended without a word.
 */
void processes_sweep(void)
{
    for (struct process *process = processes; process < processes + PROCESSES_MAX; process++) {
        if (process->memory != NULL && loader_has_ended(process)) {
            process_end(process, ENDED_OTHERWISE);
        }
    }
}
