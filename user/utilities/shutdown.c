/**
 * @file
 * shutdown: ends everything, and switches the machine off.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#include "common.h"
#include "first_task.h"
#include "init/session_proto.h"
#include "rpc.h"

static const char usage[] = "usage: shutdown\n"
                            "writes everything to the disks and switches the machine off\n";

/** Waits until all is to be seen that was written to the console, whoever has done so. */
static void drain_console(void)
{
    int console = open("/dev/console", O_WRONLY);

    if (console >= 0) {
        tcdrain(console);
        close(console);
    }
}

/** @return only when it could not be done: 1 */
int main(int argc, char **argv)
{
    struct message message = {.info = info_make(INIT_SHUTDOWN, 0)};
    enum error error;

    if (utility_no_options(argc, argv, usage) != argc) {
        utility_usage(usage);
    }
    sync();
    drain_console();
    error = rpc_call(SLOT_PAGER, &message, TIMEOUT_INFINITE);
    errx(STATUS_FAILED, "refused: %s", error_name(error));
}
