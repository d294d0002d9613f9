/**
 * @file
 * The system's name (IEEE 1003.1).
 */
#include <sys/utsname.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "generated/version.h"

#define HOST_FILE "/etc/hostname"

/** Reads the machine's name: the first word of its file. @return whether there is one */
static int read_host(char *name, size_t size)
{
    int descriptor = open(HOST_FILE, O_RDONLY);
    ssize_t length = descriptor < 0 ? 0 : read(descriptor, name, size - 1);

    if (descriptor >= 0) {
        close(descriptor);
    }
    name[length > 0 ? length : 0] = '\0';
    name[strcspn(name, " \t\n")] = '\0';
    return name[0] != '\0';
}

/** Tells how system and machine are called. @param name set @return 0 */
int uname(struct utsname *name)
{
    int error = errno;

    *name = (struct utsname){.sysname = "MicroK",
                             .release = MICROK_VERSION,
                             .version = "v" MICROK_VERSION,
                             .machine = "x86_64"};
    if (!read_host(name->nodename, sizeof(name->nodename))) {
        strcpy(name->nodename, "microk");
    }
    errno = error; /* a machine without a name is no failure */
    return 0;
}
