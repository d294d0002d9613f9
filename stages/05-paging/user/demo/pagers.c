/**
 * @file
 * Memory that tasks have of their own, and pagers that do wrong.
 */
#include "pagers.h"
#include "show.h"

#include "bin/bad_pager.h"
#include "bin/client.h"
#include "bin/pages.h"
#include "first_task.h"
#include "print.h"
#include "run.h"

#define EXCHANGES 100

int64_t show_pages(void)
{
    int64_t wrong = 0;

    for (uint64_t deed = 0; deed < PAGES_DEEDS; deed++) {
        wrong += show_run("pages", deed) != (deed < PAGES_NULL ? 0 : ENDED_BY_FAULT);
    }
    print("[demo] what tasks do with their memory: %ld wrong\n", wrong);
    return wrong;
}

/** What a bad pager's client ends with. When the pager is gone, the client goes at its end. */
static int64_t client_status(uint64_t kind, task_id pager)
{
    struct call_result ended = task_join(pager);

    if (kind == BAD_PAGER_DEAD && ended.error == ERROR_NONE) {
        ended = task_join((task_id){ended.value});
        return ended.error == ERROR_NO_THREAD ? ENDED_BY_FAULT : (int64_t)ended.value;
    }
    return ended.error == ERROR_NONE ? (int64_t)ended.value : 1;
}

/** Bad pagers, and beside each of them a client of the echo server. */
int64_t show_bad_pagers(void)
{
    static const int64_t expected[BAD_PAGER_KINDS] = {
        [BAD_PAGER_SILENT] = BAD_PAGER_KILLED,
        [BAD_PAGER_LIAR] = ENDED_BY_FAULT,
        [BAD_PAGER_DEAD] = ENDED_BY_FAULT,
    };
    int64_t wrong = 0;

    for (uint64_t kind = 0; kind < BAD_PAGER_KINDS; kind++) {
        task_id pager = run_start("bad_pager", kind, SLOT_SYSTEM_NAMES);

        wrong += show_run("client", client_argument(EXCHANGES, 8));
        wrong += client_status(kind, pager) != expected[kind];
    }
    print("[demo] pagers that never answer, lie, die: %ld others hurt\n", wrong);
    return wrong;
}
