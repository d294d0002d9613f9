/**
 * @file
 * The programs that the root task starts by itself: drivers and servers, as far as they were
 * brought, and the one that starts the shell. Without that one it is the program `demo`, for tests
 * and measurements.
 */
#include "first.h"

#include "last.h"
#include "print.h"

static uint64_t last_process; /* its name */

static const char *const services[] = {"storage", "vfs", "console", "clock"};

/** Starts a program, if the boot loader has brought it. @return its name; 0: it does not run */
static uint64_t start_if_there(const char *name, const struct process_start *start)
{
    struct call_result started = process_start(name, 0, start);

    if (started.error != ERROR_NONE && started.error != ERROR_NO_PROGRAM) {
        print("[init] %s: %s\n", name, error_name((enum error)started.error));
    }
    return started.value;
}

/**
 * Starts them.
 *
 * @param start  their parent, and what they are given
 * @return the name of the process that the machine ends with; 0: there is none
 */
uint64_t first_start(const struct process_start *start)
{
    for (unsigned i = 0; i < sizeof(services) / sizeof(services[0]); i++) {
        start_if_there(services[i], start);
    }
    last_process = start_if_there("start", start);
    if (last_process == 0) {
        last_process = start_if_there("demo", start);
    }
    return last_process;
}

/** Ends the process that the machine ends with. */
void last_process_end(void)
{
    struct process *last_one = process_find(last_process);

    if (last_one != NULL) {
        process_end(last_one, 0);
    }
}

/** Says that it has ended. */
void first_ended(void)
{
    print("[init] the last program has ended\n");
}
