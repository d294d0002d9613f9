/**
 * @file
 * Commands to devices, and whether a device is a console.
 */
#include "console/proto.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_call.h"

/**
 * Tells a device something.
 *
 * @param descriptor  the device
 * @param command     as its driver's protocol says
 * @param argument    likewise
 * @return the device's answer; -1: EBADF; ENOTTY: it takes no commands, or not this one; ...
 */
int ioctl(int descriptor, unsigned long command, unsigned long argument)
{
    return (int)file_call_words(FILE_CONTROL, (uint64_t)descriptor, command, argument);
}

/** @return 1: a descriptor is a console, where somebody sits; 0: it is not, errno EBADF or
 * ENOTTY */
int isatty(int descriptor)
{
    struct stat status;

    if (fstat(descriptor, &status) != 0) {
        return 0;
    }
    if (!S_ISCHR(status.st_mode) || ioctl(descriptor, CONSOLE_GET_SIZE, 0) <= 0) {
        errno = ENOTTY;
        return 0;
    }
    return 1;
}
