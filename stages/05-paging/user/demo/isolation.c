/**
 * @file
 * Faults: who does wrong ends alone.
 */
#include "show.h"

#include "bin/offender.h"
#include "bin/victim.h"
#include "endpoint.h"
#include "first_task.h"
#include "print.h"
#include "rpc.h"
#include "run.h"

#define VICTIM ((slot){10})

/** Runs one program. @return its exit status */
int64_t show_run(const char *name, uint64_t argument)
{
    struct run_part part = {name, argument, {0}};

    return run_together(&part, 1, SLOT_SYSTEM_NAMES);
}

/** In stage 04 the scribbler hurt the victim. */
int64_t show_scribbler(void)
{
    int64_t wrong;

    run_start("victim", 0, SLOT_SYSTEM_NAMES);
    wrong = endpoint_lookup("victim", VICTIM) != ERROR_NONE;
    wrong += show_run("scribbler", 0) != ENDED_BY_FAULT;
    wrong += rpc_word(VICTIM, VICTIM_SHOW, 0, 0).value != 1;
    print("[demo] the victim is %s, and the scribbler has ended alone\n",
          wrong == 0 ? "unharmed" : "hurt");
    return wrong;
}

int64_t show_offenders(void)
{
    int64_t wrong = 0;

    for (uint64_t offence = 0; offence < OFFENCES; offence++) {
        wrong += show_run("offender", offence) != ENDED_BY_FAULT;
    }
    print("[demo] %u offenders have ended, %ld have not\n", (unsigned)OFFENCES, wrong);
    return wrong;
}
