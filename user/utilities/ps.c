/**
 * @file
 * ps: shows the processes. The root task knows them.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common.h"
#include "first_task.h"
#include "init/proto.h"
#include "init/session_proto.h"
#include "rpc.h"

#define PAGE_KILOBYTES 4ul

static const char usage[] = "usage: ps [-l]\n"
                            "shows the processes, and what each does; -l: and who has started it,\n"
                            "and how much memory it takes\n";

static const char *state_of(const struct message *process)
{
    if (process->words[0] == (uint64_t)getpid()) {
        return "RUNNING"; /* on the one processor there is */
    }
    switch (INIT_STATE_OF(process->words[2])) {
    case INIT_STATE_CREATED:
        return "CREATED";
    case INIT_STATE_READY:
        return "READY";
    case INIT_STATE_WAITING:
        return "WAITING";
    default:
        return "ENDED";
    }
}

static void show(const struct message *process, bool is_long)
{
    char name[INIT_NAME_MAX + 1];

    memcpy(name, &process->words[3], INIT_NAME_MAX);
    name[INIT_NAME_MAX] = '\0';
    if (is_long) {
        printf("%5lu %6lu %5luK %-8s %s\n", process->words[0], process->words[1],
               process->words[5] * PAGE_KILOBYTES, state_of(process), name);
    } else {
        printf("%5lu %-8s %s\n", process->words[0], state_of(process), name);
    }
}

/** @return 0; 1: it could not be written */
int main(int argc, char **argv)
{
    bool is_long = false, more = true;

    while (utility_option(argc, argv, "l", usage) != -1) {
        is_long = true;
    }
    if (optind != argc) {
        utility_usage(usage);
    }
    printf(is_long ? "  PID PARENT MEMORY STATE    NAME\n" : "  PID STATE    NAME\n");
    for (uint64_t place = 0; more; place++) {
        struct message process = {.info = info_make(INIT_PROCESS, 2), .words = {place, 0}};

        more = rpc_call(SLOT_PAGER, &process, TIMEOUT_INFINITE) == ERROR_NONE;
        if (more && process.words[0] != 0) {
            show(&process, is_long);
        }
    }
    return utility_finish(0);
}
