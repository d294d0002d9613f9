/**
 * @file
 * The pager of tasks that fault: mends what it is asked for, at times only when it is asked again,
 * and refuses; and starts tasks whose pager ends, or is none.
 */
#include "buffer.h"
#include "endpoint.h"
#include "faulter.h"
#include "ipc.h"
#include "loader.h"

#define RETURN_INSTRUCTION 0xC3u

static const slot endpoint = {3};
static const slot faults = {4};  /* to send, without a badge */
static const slot orphans = {5}; /* an endpoint that only the leaver receives from */
static const slot orphan_faults = {6};

/** Gives the faulter a page: a word for reading, a RET for executing. */
static void mend(task_id task, uint64_t page, unsigned access)
{
    static const unsigned rights[] = {[MEMORY_READ] = MEMORY_READ,
                                      [MEMORY_WRITE] = MEMORY_READ | MEMORY_WRITE,
                                      [MEMORY_EXECUTE] = MEMORY_READ | MEMORY_EXECUTE};
    uint64_t own = MEMORY_EXTENT(1, MEMORY_READ | MEMORY_WRITE);
    uint64_t extent = MEMORY_EXTENT(1, rights[access]);

    set_up(memory_map(TASK_SELF, LOADER_OWN, own));
    *(volatile uint64_t *)LOADER_OWN =
        access == MEMORY_EXECUTE ? RETURN_INSTRUCTION : guest_random();
    set_up(memory_protect(TASK_SELF, LOADER_OWN, extent));
    set_up(memory_share(task, page, LOADER_OWN, extent));
    set_up(memory_unmap(TASK_SELF, LOADER_OWN, own));
}

/** Receives a fault and reports it. */
static void receive(task_id task, struct message *message)
{
    set_up(ipc_recv(endpoint, message, TIMEOUT_INFINITE));
    guest_report_hex("info", message->info);
    guest_report("mine", message->badge == task.number);
    guest_report_hex("address", message->words[0]);
    guest_report("access", message->words[1]);
    guest_report_hex("instruction", message->words[2]);
}

/** Answers with words that are nobody's business. */
static void reply(uint32_t label)
{
    struct message answer = {.info = info_make(label, MESSAGE_REGISTER_WORDS)};

    for (unsigned i = 0; i < MESSAGE_REGISTER_WORDS; i++) {
        answer.words[i] = guest_random();
    }
    set_up(ipc_reply(SLOT_REPLY, &answer));
}

/** Mends everything: every fourth time only when it is asked a second time. */
static void serve_all(void)
{
    task_id task = loader_start("faulter", FAULTER_ALL, faults, faults);

    for (unsigned i = 0; i < FAULTER_ACCESSES; i++) {
        struct message message;

        receive(task, &message);
        if (i % 4 == 3) {
            reply(0);
            receive(task, &message);
        }
        if (i == FAULTER_ACCESSES / 2) {
            guest_checkpoint("fault");
        }
        mend(task, message.words[0] & -(uint64_t)PAGE_SIZE, (unsigned)message.words[1]);
        reply(0);
    }
    loader_join(task);
}

/** Refuses, after it has said twice that all is well. */
static void refuse(void)
{
    task_id task = loader_start("faulter", FAULTER_REFUSED, faults, faults);
    struct message message;

    for (unsigned i = 0; i < 3; i++) {
        receive(task, &message);
        reply(i < 2 ? 0 : 1 + (uint32_t)guest_random_below(1000));
    }
    loader_join(task);
}

/** Tasks whose pager ends: with their fault received, with their fault waiting, before it. */
static void leave_alone(void)
{
    task_id tasks[3];
    task_id leaver = loader_make("leaver", orphans, faults);

    set_up(slot_delete(orphans));
    tasks[0] = loader_start("faulter", FAULTER_ALONE, orphan_faults, orphan_faults);
    tasks[1] = loader_start("faulter", FAULTER_ALONE, orphan_faults, orphan_faults);
    task_sleep(5); /* until both have called */
    loader_run(leaver, "leaver", 0);
    loader_join(tasks[0]);
    loader_join(tasks[1]);
    loader_join(leaver);
    tasks[2] = loader_start("faulter", FAULTER_ALONE, orphan_faults, orphan_faults);
    loader_join(tasks[2]);
}

int64_t guest_main(uint64_t argument)
{
    (void)argument;
    set_up(endpoint_create(endpoint));
    set_up(slot_copy(faults, endpoint, RIGHT_SEND, 0));
    loader_begin();
    guest_checkpoint("before");
    serve_all();
    refuse();
    set_up(endpoint_create(orphans));
    set_up(slot_copy(orphan_faults, orphans, RIGHT_SEND, 0));
    leave_alone();
    set_up(slot_delete(orphan_faults));
    guest_checkpoint("after");
    return 0;
}
