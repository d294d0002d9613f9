/**
 * @file
 * Capabilities: what can be done with them, and not without them; and what comes back.
 */
#include "authority.h"
#include "show.h"

#include "bin/client.h"
#include "bin/faulty_pager.h"
#include "bin/frames.h"
#include "capability.h"
#include "endpoint.h"
#include "first_task.h"
#include "init/proto.h"
#include "print.h"
#include "rpc.h"
#include "run.h"

#define LENT ((slot){11})
#define EXCHANGES 100
#define PAUSE 20ul /* milliseconds */

int64_t show_frames(void)
{
    int64_t wrong = 0;

    for (uint64_t deed = 0; deed < FRAMES_DEEDS; deed++) {
        wrong += show_run("frames", deed) != (deed < FRAMES_NULL ? 0 : ENDED_BY_FAULT);
    }
    print("[demo] what tasks do with frames: %ld wrong\n", wrong);
    return wrong;
}

/** Faulty pagers, and beside each of them a client of the echo server. */
int64_t show_faulty_pagers(void)
{
    int64_t wrong = 0;

    for (uint64_t kind = 0; kind < FAULTY_PAGER_KINDS; kind++) {
        task_id pager = run_start("faulty_pager", kind, SLOT_SYSTEM_NAMES);

        wrong += show_run("client", client_argument(EXCHANGES, 8));
        wrong += task_join(pager).value != 0;
    }
    print("[demo] pagers that never answer, lie, die: %ld others hurt\n", wrong);
    return wrong;
}

/** An endpoint that is lent to a task, which waits there, and is taken back. */
int64_t show_revoke(void)
{
    task_id member;
    int64_t wrong = endpoint_create(LENT) != ERROR_NONE;

    member = run_start("member", 0, LENT);
    task_sleep(PAUSE);
    wrong += slot_revoke(LENT) != ERROR_NONE;
    wrong += slot_delete(LENT) != ERROR_NONE;
    wrong += task_join(member).value != 1;
    print("[demo] a task's endpoint is taken back, and its wait ends: %ld wrong\n", wrong);
    return wrong;
}

/** Requests to the root task that ask for too much, and calls without authority. */
int64_t show_refusals(void)
{
    const slot nothing = {SLOT_OWN_SPACE};
    uint64_t self = task_self().value;
    int64_t wrong = 0;

    wrong += rpc_word(SLOT_PAGER, INIT_START, 0, 0).error != ERROR_INVALID_ARGUMENT;
    wrong += rpc_word(SLOT_PAGER, INIT_START, UINT64_MAX, 0).error != ERROR_NO_PROGRAM;
    wrong += rpc_word(SLOT_PAGER, INIT_START, UINT64_MAX, UINT64_MAX).error == ERROR_NONE;
    wrong += rpc_word(SLOT_PAGER, INIT_ATTACH, 1, UINT64_MAX).error != ERROR_INVALID_ARGUMENT;
    wrong += rpc_word(SLOT_PAGER, INIT_JOIN, self, 0).error != ERROR_INVALID_ARGUMENT;
    wrong += rpc_word(SLOT_PAGER, INIT_JOIN, UINT64_MAX, 0).error != ERROR_NO_THREAD;
    wrong += rpc_word(SLOT_PAGER, UINT32_MAX, 0, 0).error != ERROR_INVALID_ARGUMENT;
    wrong += slot_kind(nothing) != 0;
    wrong += frame_map(nothing, nothing, 0, 0) != ERROR_BAD_SLOT;
    wrong += slot_revoke(slot_in(SLOT_NAMES, 1)) != ERROR_BAD_SLOT;
    print("[demo] requests and calls that are refused: %ld wrong\n", wrong);
    return wrong;
}

static uint64_t free_memory(void)
{
    return rpc_word(SLOT_PAGER, INIT_MEMORY, 0, 0).value;
}

/** A part of the demonstration, and what it leaves behind of the machine's memory: nothing. */
int64_t show_memory(int64_t (*part)(void))
{
    uint64_t before = free_memory();
    int64_t wrong = part();
    uint64_t after = free_memory();

    print("[demo] untyped memory before: %lu bytes, after: %lu bytes\n", before, after);
    return wrong + (before != after);
}
