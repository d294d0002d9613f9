/**
 * @file
 * Processes that wait for those that they have started.
 *
 * While a process waits, the authority to answer it stands in its slot PROCESS_WAITER, and its
 * record says for whom. It is one thread, so it waits for one thing; a second thread of it is
 * refused.
 */
#include "session_wait.h"

#include "init/session_proto.h"
#include "places.h"
#include "server.h"

/** What a process waits for; all 0: it does not wait. */
struct wait {
    bool is_waiting;
    bool is_interruptible;
    uint64_t child; /**< 0: any */
};

static struct wait waits[PROCESSES_MAX];
static uint64_t interrupts; /* how often */

static struct message answer_with(enum error error, const struct process *ended)
{
    struct message answer = {.info = info_make(error, 2)};

    if (ended != NULL) {
        answer.words[0] = ended->id;
        answer.words[1] = (uint64_t)ended->status;
    }
    return answer;
}

static bool is_wanted(const struct wait *wait, const struct process *child)
{
    return wait->child == 0 || wait->child == child->id;
}

/** Looks for a child. @param has_ended set to one that has ended, if there is one @return whether
 * there is one at all */
static bool find_child(const struct process *parent, const struct wait *wait,
                       struct process **has_ended)
{
    bool is_any = false;

    for (uint64_t i = 0; i < PROCESSES_MAX && *has_ended == NULL; i++) {
        struct process *child = process_at(i);

        if (child->id != 0 && child->parent == parent->id && !child->is_orphan &&
            is_wanted(wait, child)) {
            is_any = true;
            *has_ended = child->memory == NULL ? child : NULL;
        }
    }
    return is_any;
}

/** Puts the caller aside. @return what there is to answer at once, if that cannot be */
static enum error put_aside(const struct process *process, const struct wait *wait)
{
    if (reply_save(process_slot(process, PROCESS_WAITER)) != ERROR_NONE) {
        return ERROR_BUSY;
    }
    waits[process_index(process)] = *wait;
    return ERROR_NONE;
}

/**
 * Answers INIT_WAIT, now or later.
 *
 * @param process  who waits
 * @param message  the request; becomes the answer
 * @return whether to answer now
 */
bool wait_handle(struct process *process, struct message *message)
{
    struct wait wait = {true, message->words[1] & INIT_WAIT_INTERRUPTIBLE, message->words[0]};
    struct process *ended = NULL;
    enum error error;

    if (!find_child(process, &wait, &ended)) {
        return server_result(message, ERROR_NO_THREAD);
    }
    if (ended != NULL) {
        *message = answer_with(ERROR_NONE, ended);
        process_forget(ended);
        return true;
    }
    if (message->words[1] & INIT_WAIT_NOT) {
        return server_result(message, ERROR_TIMEOUT);
    }
    error = put_aside(process, &wait);
    return error != ERROR_NONE && server_result(message, error);
}

/** Answers a process that waits. @return whether it was there */
static bool answer(const struct process *process, const struct message *message)
{
    waits[process_index(process)] = (struct wait){0};
    return ipc_reply(process_slot(process, PROCESS_WAITER), message) == ERROR_NONE;
}

/** Answers the parent of a process that has ended, if it waits for it. @return whether it did */
bool wait_answer(const struct process *ended)
{
    const struct process *parent = process_find(ended->parent);
    struct message message = answer_with(ERROR_NONE, ended);

    return parent != NULL && !ended->is_orphan && waits[process_index(parent)].is_waiting &&
           is_wanted(&waits[process_index(parent)], ended) && answer(parent, &message);
}

/** Ends all waits that can be interrupted. */
void wait_interrupt_all(void)
{
    struct message message = answer_with(ERROR_STOPPED, NULL);

    interrupts++;
    for (uint64_t i = 0; i < PROCESSES_MAX; i++) {
        if (waits[i].is_waiting && waits[i].is_interruptible) {
            answer(process_at(i), &message);
        }
    }
}

/** @return how often wait_interrupt_all() was called */
uint64_t wait_interrupts(void)
{
    return interrupts;
}

/** A process ends: it waits for nobody any more. */
void wait_forget(const struct process *process)
{
    waits[process_index(process)] = (struct wait){0};
    slot_delete(process_slot(process, PROCESS_WAITER));
}
