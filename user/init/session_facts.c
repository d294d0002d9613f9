/**
 * @file
 * What can be asked of the root task about processes and memory.
 */
#include "session_facts.h"

#include "clock.h"
#include "init/session_proto.h"
#include "loader.h"
#include "memory.h"
#include "places.h"
#include "server.h"
#include "session_wait.h"
#include "string.h"

static enum init_state state_of(const struct process *process)
{
    static const enum init_state states[] = {INIT_STATE_CREATED, INIT_STATE_ENDED, INIT_STATE_READY,
                                             INIT_STATE_WAITING};

    return process->memory == NULL ? INIT_STATE_ENDED : states[loader_state(process)];
}

/** Fills in what INIT_PROCESS tells of a process that is there. */
static void tell_process(const struct process *process, struct message *answer)
{
    const char *name = process->memory != NULL ? process->image->name : "";

    answer->words[0] = process->id;
    answer->words[1] = process->parent;
    answer->words[2] =
        INIT_STATE_WORD(state_of(process), process->memory != NULL ? session_powers(process) : 0);
    if (process->memory != NULL) {
        memcpy(&answer->words[3], name, strlen(name));
        answer->words[5] =
            slot_read(block_slot(process->memory), SLOT_READ_BADGE).value / PAGE_SIZE;
    }
}

static bool handle_process(struct message *message)
{
    struct message answer = {.info = info_make(ERROR_NONE, 6)};
    uint64_t place = message->words[0], id = message->words[1];
    const struct process *process;

    if (id == 0 && place >= PROCESSES_MAX) {
        return server_result(message, ERROR_INVALID_ARGUMENT);
    }
    process = id != 0 ? process_find_any(id) : process_at(place);
    if (process == NULL) {
        return server_result(message, ERROR_NO_THREAD);
    }
    if (process->id != 0) {
        tell_process(process, &answer);
    }
    *message = answer;
    return true;
}

static bool handle_capability(struct message *message)
{
    const struct process *process = process_find(message->words[0]);
    uint64_t number = message->words[1];
    struct message answer = {.info = info_make(ERROR_NONE, 4)};
    slot asked;

    if (process == NULL) {
        return server_result(message, ERROR_NO_THREAD);
    }
    if (number >= process->privileges->slots) {
        return server_result(message, ERROR_BAD_SLOT);
    }
    asked = slot_in(process_slot(process, PROCESS_CSPACE), number);
    answer.words[0] = slot_read(asked, SLOT_READ_KIND).value;
    answer.words[1] = slot_read(asked, SLOT_READ_BADGE).value;
    answer.words[2] = slot_read(asked, SLOT_READ_SIZE).value;
    answer.words[3] = process->privileges->slots;
    *message = answer;
    return true;
}

static bool handle_total(struct message *message)
{
    uint64_t pieces;

    *message =
        (struct message){.info = info_make(ERROR_NONE, 5),
                         .words = {root_info()->memory_total, root_info()->kernel_reserve,
                                   blocks_free(&pieces), clock_read().value, wait_interrupts()}};
    return true;
}

/**
 * Answers what anybody may ask.
 *
 * @param message  the request; becomes the answer
 * @return true
 */
bool facts_handle(struct message *message)
{
    switch (info_label(message->info)) {
    case INIT_PROCESS:
        return handle_process(message);
    case INIT_CAPABILITY:
        return handle_capability(message);
    case INIT_TOTAL:
        return handle_total(message);
    default:
        return server_result(message, ERROR_INVALID_ARGUMENT);
    }
}
