/**
 * @file
 * uname: shows the system's name.
 */
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "common.h"

#define KIND "microkernel"

static const char usage[] =
    "usage: uname [-amnorsv]\n"
    "shows the system's name (-s), the machine's in the network (-n), the\n"
    "release (-r), the version (-v), the kind of machine (-m) and of system\n"
    "(-o); -a is -srmo\n";

/** @return 0; 1: the system does not tell */
int main(int argc, char **argv)
{
    static const char letters[] = "snrvmo"; /* the order in which they are shown */
    bool shown[sizeof(letters)] = {false};
    struct utsname name;
    const char *values[] = {name.sysname, name.nodename, name.release,
                            name.version, name.machine,  KIND};
    const char *before = "";
    bool any = false;
    int option;

    while ((option = utility_option(argc, argv, "amnorsv", usage)) != -1) {
        for (size_t i = 0; letters[i] != '\0'; i++) {
            shown[i] |= option == letters[i] || (option == 'a' && strchr("srmo", letters[i]));
        }
        any = true;
    }
    if (optind != argc) {
        utility_usage(usage);
    }
    if (uname(&name) != 0) {
        err(STATUS_FAILED, "the system's name");
    }
    shown[0] |= !any;
    for (size_t i = 0; letters[i] != '\0'; i++) {
        if (shown[i]) {
            printf("%s%s", before, values[i]);
            before = " ";
        }
    }
    putchar('\n');
    return utility_finish(0);
}
