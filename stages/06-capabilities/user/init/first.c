/**
 * @file
 * The program that the root task starts by itself: the demonstration.
 */
#include "first.h"

#include "print.h"

/**
 * Starts it.
 *
 * @param start  its parent, and what it is given
 * @return its process's name; 0: there is none
 */
uint64_t first_start(const struct process_start *start)
{
    struct call_result shown = process_start("demo", 0, start);

    print("[init] root task; demonstration: %s\n", error_name((enum error)shown.error));
    return shown.value;
}

/** Says that it has ended. */
void first_ended(void)
{
    print("[init] stage 06 has shown its capabilities; nothing more to do\n");
}
