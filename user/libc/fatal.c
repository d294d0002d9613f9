/**
 * @file
 * The end of a program that has done what it must not.
 */
#include "fatal.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "console.h"
#include "files.h"

#define LINE_SIZE 320

/**
 * Says what was wrong, and aborts. It does so without streams and without memory of the heap, which
 * may be what is wrong.
 *
 * @param text  a line. It goes to descriptor 2; in a program without files to the kernel's console
 */
noreturn void fatal(const char *text)
{
    char line[LINE_SIZE];

    snprintf(line, sizeof(line), "%s: %s", getprogname(), text);
    if (files_endpoint.number == 0) {
        console_write(line, strlen(line));
    } else {
        write(STDERR_FILENO, line, strlen(line));
    }
    abort();
}
