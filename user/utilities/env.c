/**
 * @file
 * env: shows the environment, or runs a program in another one.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common.h"

static const char usage[] = "usage: env [-i] [-u NAME] [NAME=VALUE...] [PROGRAM [WORD...]]\n"
                            "runs a program in the environment, changed; without one, shows it;\n"
                            "-i: begins with an empty one; -u: without a variable\n";

/** Begins with an empty environment. */
static void clear(void)
{
    static char *nothing[] = {NULL};

    environ = nothing;
}

/** Makes a variable what a word says. */
static void set(char *word)
{
    char *sign = strchr(word, '=');

    *sign = '\0';
    if (setenv(word, sign + 1, 1) != 0) {
        err(STATUS_FAILED, "%s", word);
    }
}

/** @return the program's status; 126: it cannot be run; 127: there is none */
int main(int argc, char **argv)
{
    int option;

    while ((option = utility_option(argc, argv, "iu:", usage)) != -1) {
        if (option == 'i') {
            clear();
        } else if (unsetenv(optarg) != 0) {
            err(STATUS_FAILED, "%s", optarg);
        }
    }
    while (optind < argc && strchr(argv[optind], '=') != NULL) {
        set(argv[optind++]);
    }
    if (optind < argc) {
        return utility_run(argv + optind);
    }
    for (char *const *each = environ; *each != NULL; each++) {
        puts(*each);
    }
    return utility_finish(0);
}
