/**
 * @file
 * shutdown: ends everything, and switches the machine off.
 */
#include <err.h>
#include <stdio.h>
#include <unistd.h>

#include "common.h"
#include "first_task.h"
#include "init/session_proto.h"
#include "ipc.h"

static const char usage[] = "usage: shutdown\n"
                            "writes everything to the disks and switches the machine off\n";

/** @return only when it could not be done: 1 */
int main(int argc, char **argv)
{
    struct message message = {.info = info_make(INIT_SHUTDOWN, 0)};
    enum error error;

    if (utility_no_options(argc, argv, usage) != argc) {
        utility_usage(usage);
    }
    if (syncfs(STDIN_FILENO) != 0) {
        warn("not everything could be written");
    }
    error = ipc_call(SLOT_PAGER, &message, TIMEOUT_INFINITE);
    if (error == ERROR_NONE) {
        error = (enum error)info_label(message.info);
    }
    errx(STATUS_FAILED, "refused: %s", error_name(error));
}
