/**
 * @file
 * Waiting for a terminal.
 */
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "console/proto.h"

/** Waits until all that was written to a terminal has been sent: who switches the machine off does,
 * and whoever wants it to be seen first. @return 0; -1: ENOTTY, EBADF, EINTR */
int tcdrain(int descriptor)
{
    return isatty(descriptor) ? ioctl(descriptor, CONSOLE_DRAIN, 0) : -1;
}
