/**
 * @file
 * Two tasks with the same frames at different addresses: one may write, the others only read. The
 * one who has shared them has them no more.
 */
#include "sharing.h"

#include "endpoint.h"
#include "ipc.h"
#include "loader.h"

#define PARTS 3u

static const slot endpoint = {3};
static const slot to_parts = {4};
static task_id tasks[PARTS];

static void share_memory(void)
{
    uint64_t all = MEMORY_EXTENT(SHARING_PAGES, MEMORY_READ | MEMORY_WRITE);
    uint64_t read_only = MEMORY_EXTENT(SHARING_PAGES, MEMORY_READ);

    set_up(memory_map(TASK_SELF, LOADER_OWN, all));
    set_up(memory_share(tasks[SHARING_WRITER], SHARING_WRITER_AT, LOADER_OWN, all));
    set_up(memory_share(tasks[SHARING_READER], SHARING_READER_AT, LOADER_OWN, read_only));
    set_up(memory_share(tasks[SHARING_MISUSER], SHARING_READER_AT, LOADER_OWN, read_only));
    guest_report("more", memory_protect(tasks[SHARING_READER], SHARING_READER_AT, all));
    set_up(memory_unmap(TASK_SELF, LOADER_OWN, all));
    guest_report("gone", memory_share(tasks[SHARING_READER], LOADER_OWN, LOADER_OWN, read_only));
}

/** Lets one of them take a step, and takes what it says. */
static uint64_t step(enum sharing_part part, uint32_t label, slot callers[PARTS])
{
    struct message message = {.info = info_make(label, 0)};

    set_up(ipc_reply(callers[part], &message));
    if (label == 0) {
        return 0;
    }
    set_up(ipc_recv(endpoint, &message, TIMEOUT_INFINITE));
    set_up(reply_save(callers[part]));
    return message.words[0];
}

static void take_turns(slot callers[PARTS])
{
    for (unsigned i = 0; i < SHARING_ROUNDS; i++) {
        step(SHARING_WRITER, 1, callers);
        guest_report_hex("read", step(SHARING_READER, 1, callers));
        guest_report_hex("read", step(SHARING_MISUSER, 1, callers));
    }
    guest_checkpoint("shared");
    step(SHARING_WRITER, 0, callers);
    loader_join(tasks[SHARING_WRITER]);
    guest_report_hex("read", step(SHARING_READER, 1, callers)); /* the writer is gone */
}

static void end_reader_and_misuser(slot callers[PARTS])
{
    struct message message;

    step(SHARING_READER, 0, callers);
    loader_join(tasks[SHARING_READER]);
    step(SHARING_MISUSER, 0, callers);
    set_up(ipc_recv(endpoint, &message, TIMEOUT_INFINITE));
    guest_report_hex("fault", message.words[0]);
    message.info = info_make(1, 0);
    set_up(ipc_reply(SLOT_REPLY, &message));
    loader_join(tasks[SHARING_MISUSER]);
}

int64_t guest_main(uint64_t argument)
{
    slot callers[PARTS];

    (void)argument;
    set_up(endpoint_create(endpoint));
    set_up(slot_copy(to_parts, endpoint, RIGHT_SEND, 0));
    loader_begin();
    guest_checkpoint("before");
    for (unsigned i = 0; i < PARTS; i++) {
        struct message message;

        callers[i] = (slot){10 + i};
        tasks[i] = loader_start("sharer", i, to_parts, to_parts);
        set_up(ipc_recv(endpoint, &message, TIMEOUT_INFINITE));
        set_up(reply_save(callers[i]));
    }
    share_memory();
    take_turns(callers);
    end_reader_and_misuser(callers);
    guest_checkpoint("after");
    return 0;
}
