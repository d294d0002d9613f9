/**
 * @file
 * Shared memory by name: the client's side of the first task's protocol.
 */
#include "init/proto.h"

#include "first_task.h"
#include "memory.h"
#include "rpc.h"
#include "string.h"

/**
 * Maps a region that tasks share. Who names it first makes it.
 *
 * @param name     1 to 8 bytes
 * @param address  of the first page, where nothing is mapped
 * @param pages    how many, 1 to INIT_REGION_PAGES
 * @param rights   MEMORY_READ, maybe with MEMORY_WRITE
 * @return ERROR_NONE; as init/proto.h and ipc_call()
 */
enum error memory_attach(const char *name, uint64_t address, uint64_t pages, uint64_t rights)
{
    struct message message = {.info = info_make(INIT_ATTACH, 3),
                              .words = {[1] = address, [2] = MEMORY_EXTENT(pages, rights)}};
    size_t length = strlen(name);

    if (length == 0 || length > sizeof(message.words[0])) {
        return ERROR_INVALID_ARGUMENT;
    }
    memcpy(&message.words[0], name, length);
    return rpc_call(SLOT_PAGER, &message, TIMEOUT_INFINITE);
}
