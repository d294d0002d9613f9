/**
 * @file
 * Files without a name, for text that nobody reads before all of it is there: a pipe would be full
 * too soon, and whoever waits at a pipe cannot be interrupted.
 */
#include "temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "shell.h"

#define PLACE "/tmp/sh-%d-%u"

/** @return a descriptor of a new, empty file to read and write, which is gone when it is closed;
 * -1: it cannot be made, which was told */
int temporary_open(struct shell *shell)
{
    static unsigned made; /* so that names differ */
    char path[48];
    int descriptor;

    snprintf(path, sizeof(path), PLACE, (int)getpid(), made++);
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
    if (descriptor < 0) {
        shell_say(shell, "%s: %s", path, strerror(errno));
    } else {
        unlink(path);
    }
    return descriptor;
}

/** Writes a text, and goes back to the file's beginning. @return false: that failed, and was
 * told */
bool temporary_write(struct shell *shell, int descriptor, const char *text)
{
    size_t left = strlen(text);
    ssize_t done = 0;

    while (left != 0 && (done = write(descriptor, text, left)) > 0) {
        text += done;
        left -= (size_t)done;
    }
    if (left != 0 || lseek(descriptor, 0, SEEK_SET) != 0) {
        shell_say(shell, "a file in /tmp: %s", strerror(errno));
        return false;
    }
    return true;
}
