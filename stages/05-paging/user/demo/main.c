/**
 * @file
 * What stage 05 shows: an address space for each task, and what it keeps in and out.
 */
#include "pagers.h"
#include "show.h"

#include "print.h"
#include "program.h"

/** The demonstration. @return how much was not as it should be */
int64_t main(uint64_t argument)
{
    int64_t wrong = 0;

    (void)argument;
    wrong += show_programs();
    wrong += show_messages();
    wrong += show_scribbler();
    wrong += show_pages();
    wrong += show_offenders();
    wrong += show_bad_pagers();
    wrong += show_bulk();
    wrong += show_many_tasks();
    wrong += show_quick_tasks();
    show_counts();
    print("[demo] %ld things were not as they should be\n", wrong);
    return wrong;
}
