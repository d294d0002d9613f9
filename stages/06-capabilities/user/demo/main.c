/**
 * @file
 * What stage 06 shows: authority that is handed out, narrowed and taken back.
 */
#include "authority.h"
#include "show.h"

#include "print.h"
#include "program.h"

/** The demonstration. @return how much was not as it should be */
int64_t main(uint64_t argument)
{
    int64_t wrong = 0;

    (void)argument;
    wrong += show_memory(show_tour);
    wrong += show_programs();
    wrong += show_messages();
    wrong += show_scribbler();
    wrong += show_offenders();
    wrong += show_frames();
    wrong += show_faulty_pagers();
    wrong += show_revoke();
    wrong += show_refusals();
    wrong += show_bulk();
    wrong += show_memory(show_many_tasks);
    wrong += show_memory(show_quick_tasks);
    show_counts();
    print("[demo] %ld things were not as they should be\n", wrong);
    return wrong;
}
