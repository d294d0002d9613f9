/**
 * @file
 * The clock driver: tells the time of day.
 *
 * Slots: 3 its endpoint, and 4 what of it goes to the name server.
 */
#include "battery.h"

#include "clock/proto.h"
#include "errno.h"
#include "program.h"
#include "server.h"

#define ENDPOINT ((slot){3})

/** Handles a request. */
static bool handle(struct message *message)
{
    uint64_t seconds = 0;
    uint32_t error = ENOSYS;

    if (info_label(message->info) == CLOCK_NOW) {
        error = battery_read(&seconds) ? 0 : EIO;
    }
    *message = (struct message){.info = info_make(error, 1), .words = {seconds}};
    return true;
}

/** The clock driver. It runs until the machine stops. */
int64_t main(uint64_t argument)
{
    enum error error = server_open("clock", ENDPOINT);

    (void)argument;
    return error == ERROR_NONE ? (int64_t)server_run(ENDPOINT, handle) : (int64_t)error;
}
