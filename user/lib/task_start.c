/**
 * @file
 * Starting programs: the client's side of the first task's protocol.
 */
#include "init/proto.h"

#include "first_task.h"
#include "ipc.h"
#include "string.h"
#include "task.h"

/**
 * Starts a program as a task of its own.
 *
 * @param name      the program's
 * @param length    of the name, 1 to INIT_NAME_MAX bytes, without a NUL
 * @param argument  for its main()
 * @param given     an endpoint or a notification that the new task gets in SLOT_NAMES; a copy that
 *                  had no badge has the new task's name as its badge. SLOT_SYSTEM_NAMES: it gets
 *                  the name server's endpoint, whatever the caller has
 * @return ERROR_NONE and the new task's name; as init/proto.h and ipc_call()
 */
struct call_result task_start(const char *name, size_t length, uint64_t argument, slot given)
{
    struct message message = {.info = info_make(INIT_START, 3), .words = {[2] = argument}};
    enum error error;

    if (length == 0 || length > INIT_NAME_MAX) {
        return (struct call_result){ERROR_INVALID_ARGUMENT, 0};
    }
    memcpy(message.words, name, length);
    message.info |= given.number == SLOT_SYSTEM_NAMES.number ? 0 : info_transfer(given);
    error = ipc_call(SLOT_PAGER, &message, TIMEOUT_INFINITE);
    if (error != ERROR_NONE) {
        return (struct call_result){error, 0};
    }
    return (struct call_result){info_label(message.info), message.words[0]};
}
