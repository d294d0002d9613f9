/**
 * @file
 * Memory that tasks share, and where all pages have come from.
 */
#include "show.h"

#include "first_task.h"
#include "init/proto.h"
#include "ipc.h"
#include "print.h"
#include "run.h"

/** A megabyte from one task to another, by mapping and in messages. */
int64_t show_bulk(void)
{
    struct run_part client = {"bulk_client", 0, {0}};

    run_start("bulk_server", 0, SLOT_SYSTEM_NAMES);
    return run_together(&client, 1, SLOT_SYSTEM_NAMES) != 0;
}

void show_counts(void)
{
    struct message message = {.info = info_make(INIT_COUNTS, 0)};
    const uint64_t *counts = message.words;
    enum error error = ipc_call(SLOT_PAGER, &message, TIMEOUT_INFINITE);

    if (error != ERROR_NONE) {
        print("[demo] the pager does not count: %s\n", error_name(error));
        return;
    }
    print("[demo] %lu page faults, %lu refused; pages: %lu shared, %lu copied, %lu empty\n",
          counts[INIT_COUNT_FAULTS], counts[INIT_COUNT_REFUSED], counts[INIT_COUNT_SHARED],
          counts[INIT_COUNT_COPIED], counts[INIT_COUNT_ZEROED]);
}
