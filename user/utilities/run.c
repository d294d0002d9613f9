/**
 * @file
 * run: runs a program that was loaded with the kernel, the demonstrations of earlier stages say.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "first_task.h"
#include "task.h"

#define USAGE_STATUS 2

static int usage(void)
{
    fprintf(stderr, "usage: run PROGRAM [NUMBER]\n"
                    "runs a program that was loaded with the kernel, and tells its result\n");
    return USAGE_STATUS;
}

/** Says why something did not work. */
static int refuse(const char *name, uint64_t error)
{
    fprintf(stderr, "run: %s: %s\n", name, error_name((enum error)error));
    return EXIT_FAILURE;
}

/** @return 0 when the program could be run, whatever its result */
int main(int argc, char **argv)
{
    unsigned long number = 0;
    char *end = "";
    struct call_result result;

    if (argc == 3) {
        number = strtoul(argv[2], &end, 0);
    }
    if (argc < 2 || argc > 3 || *end != '\0' || argv[1][0] == '-') {
        return usage();
    }
    result = task_start(argv[1], strlen(argv[1]), number, SLOT_SYSTEM_NAMES);
    if (result.error != ERROR_NONE) {
        return refuse(argv[1], result.error);
    }
    result = task_join((task_id){result.value});
    if (result.error != ERROR_NONE) {
        return refuse(argv[1], result.error);
    }
    printf("%s: %ld\n", argv[1], (long)result.value);
    return EXIT_SUCCESS;
}
