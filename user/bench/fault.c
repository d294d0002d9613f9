/**
 * @file
 * A fault, and its handler's answer. The thread at fault has an address space with nothing in it:
 * it cannot even execute its first instruction. The handler says that it may try again, and it
 * faults again.
 */
#include "first_task.h"
#include "measure.h"
#include "program.h"
#include "thread.h"

#define FAULTS ((slot){4})
#define CSPACE ((slot){5})
#define SPACE ((slot){6})
#define THREAD ((slot){7})
#define BUFFER ((slot){8})

#define CSPACE_SLOTS 4u
#define ENTRY 0x400000ul
#define STACK 0x500000ul

static void answer(uint64_t turns)
{
    struct message message = {0};

    for (; turns > 0; turns--) {
        message.info = info_make(0, 0);
        measure_require(ipc_reply_recv(FAULTS, &message, TIMEOUT_INFINITE));
    }
}

static void make_thread(void)
{
    measure_require(endpoint_create(FAULTS));
    measure_require(object_create(OBJECT_CNODE, CSPACE_SLOTS, CSPACE));
    measure_require(object_create(OBJECT_SPACE, SPACE_TABLES_MIN, SPACE));
    measure_require(object_create(OBJECT_THREAD, 0, THREAD));
    measure_require(object_create(OBJECT_FRAME, 1, BUFFER));
    measure_require(slot_copy(slot_in(CSPACE, SLOT_FAULTS), FAULTS, RIGHT_SEND, 1));
    measure_require(thread_configure(THREAD, CSPACE, SPACE, BUFFER));
    measure_require(thread_start(THREAD, ENTRY, STACK, 0));
}

int64_t main(uint64_t argument)
{
    struct message first;

    (void)argument;
    make_thread();
    measure_require(ipc_recv(FAULTS, &first, TIMEOUT_INFINITE));
    measure_run(&(struct measure){.name = "fault", .batch = answer, .per_turn = 1});
    return 0;
}
