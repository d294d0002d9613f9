/**
 * @file
 * A hundred tasks at once, all with the same program at the same addresses. The odd ones do what
 * they may not, and end alone.
 */
#include "crowd.h"

#include "endpoint.h"
#include "ipc.h"
#include "loader.h"

static const slot endpoint = {3};
static const slot to_members = {4};
static task_id members[CROWD];

static void start_all(void)
{
    for (unsigned i = 0; i < CROWD; i++) {
        members[i] = loader_make("crowd_member", to_members, to_members);
        if (i % 2 == 0) {
            set_up(memory_map(members[i], CROWD_ONLY_EVEN,
                              MEMORY_EXTENT(1, MEMORY_READ | MEMORY_WRITE)));
        }
        loader_run(members[i], "crowd_member", i);
    }
}

/** Lets the members go on, in the order in which they have come, and refuses to mend faults. */
static void serve(void)
{
    struct message message;
    unsigned faults = 0;

    for (unsigned i = 0; i < CROWD + CROWD / 2; i++) {
        enum error error = ipc_recv(endpoint, &message, TIMEOUT_INFINITE);

        if (error == ERROR_NONE && message.info & MESSAGE_FAULT) {
            faults++;
            guest_report_hex("fault", message.words[0]);
            message.info = info_make(1, 0);
        }
        set_up(error);
        set_up(ipc_reply(SLOT_REPLY, &message));
    }
    guest_report("faults", faults);
}

int64_t guest_main(uint64_t argument)
{
    (void)argument;
    set_up(endpoint_create(endpoint));
    set_up(slot_copy(to_members, endpoint, RIGHT_SEND, 0));
    loader_begin();
    guest_checkpoint("before");
    start_all();
    task_sleep(300); /* until all wait */
    guest_checkpoint("all");
    serve();
    for (unsigned i = 0; i < CROWD; i++) {
        loader_join(members[i]);
    }
    guest_checkpoint("after");
    return 0;
}
