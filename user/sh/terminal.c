/**
 * @file
 * The terminal that lines are read from.
 */
#include "terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include "console/proto.h"

/**
 * Has a terminal's lines edited before one is read. Its mode is the terminal's and not the open
 * file's: a program that has read single keys may have left it, or was ended before it could.
 *
 * @param descriptor  any; what is no terminal is left alone
 */
void terminal_edit_lines(int descriptor)
{
    if (isatty(descriptor)) {
        ioctl(descriptor, CONSOLE_SET_MODE, CONSOLE_LINES);
    }
}
