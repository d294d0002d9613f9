/**
 * @file
 * What the root task is asked. It never lets anybody wait, so this does not stop the server.
 */
#include "root.h"

#include <string.h>

#include "first_task.h"
#include "init/session_proto.h"
#include "ipc.h"
#include "rpc.h"
#include "slots.h"

/** Asks. @return whether that went well; then `message` is the answer */
static bool ask(uint32_t label, uint64_t first, uint64_t second, struct message *message)
{
    *message = (struct message){.info = info_make(label, 2), .words = {first, second}};
    return rpc_call(SLOT_PAGER, message, TIMEOUT_INFINITE) == ERROR_NONE;
}

/**
 * Finds out about a process.
 *
 * @param place    of the root task's table, from 0 on
 * @param id       if not 0: a process's id, instead of the place
 * @param process  set; its id is 0 when there is none in this place
 * @return false: there is no such place, or no such process
 */
bool root_process_read(uint64_t place, uint64_t id, struct root_process *process)
{
    struct message message;

    *process = (struct root_process){.id = 0};
    if (!ask(INIT_PROCESS, place, id, &message)) {
        return false;
    }
    process->id = message.words[0];
    process->parent = message.words[1];
    process->state = INIT_STATE_OF(message.words[2]);
    process->powers = INIT_POWERS_OF(message.words[2]);
    memcpy(process->name, &message.words[3], sizeof(process->name) - 1);
    process->pages = message.words[5];
    return true;
}

/** @return whether a process has not ended; true also when that cannot be found out */
bool root_process_lives(uint64_t id)
{
    struct message message;

    if (ask(INIT_PROCESS, 0, id, &message)) {
        return INIT_STATE_OF(message.words[2]) != INIT_STATE_ENDED;
    }
    return info_label(message.info) != ERROR_NO_THREAD;
}

/** Reads a slot of a process. @return false: there is no such slot, or no such process */
bool root_capability_read(uint64_t id, uint64_t slot, struct root_capability *capability)
{
    struct message message;

    if (!ask(INIT_CAPABILITY, id, slot, &message)) {
        return false;
    }
    *capability = (struct root_capability){message.words[0], message.words[1], message.words[2],
                                           message.words[3]};
    return true;
}

/** Finds out about the machine's memory. @return whether that went well */
bool root_memory_read(struct root_memory *memory)
{
    struct message message;

    if (!ask(INIT_TOTAL, 0, 0, &message)) {
        return false;
    }
    *memory = (struct root_memory){message.words[0], message.words[1], message.words[2]};
    return true;
}

/** Asks for a signal whenever a process ends. @return whether that went well */
bool root_watch(void)
{
    struct message message = {.info = info_make(INIT_WATCH, 0) |
                                      info_transfer((slot){SLOT_SIGNAL_ENDED})};

    return rpc_call(SLOT_PAGER, &message, TIMEOUT_INFINITE) == ERROR_NONE;
}

/** Has the root task give the server's endpoint to every process that it makes of a file. The
 * endpoint is in SLOT_PUBLISHED. @return whether that went well */
bool root_serve(void)
{
    struct message message = {.info =
                                  info_make(INIT_SERVE, 0) | info_transfer((slot){SLOT_PUBLISHED})};

    return rpc_call(SLOT_PAGER, &message, TIMEOUT_INFINITE) == ERROR_NONE;
}
