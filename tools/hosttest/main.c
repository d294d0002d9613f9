/**
 * @file
 * The kernel's core as a program of the host: runs suites with seeds, each in a process of its own,
 * since the kernel cannot be started twice.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

static const char usage[] = "usage: hosttest [--suite NAME] [--steps N] SEED...\n";

/** Runs one suite with one seed. @return whether all went as the model says */
static bool run_once(const struct suite *suite, uint64_t seed, unsigned steps)
{
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        random_start(seed);
        suite->run(steps);
        exit(EXIT_SUCCESS);
    }
    if (child < 0 || waitpid(child, &status, 0) != child) {
        perror("hosttest");
        exit(2);
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        return true;
    }
    fprintf(stderr, "FAILED: suite %s, seed %#lx, %u steps\n", suite->name, seed, steps);
    return false;
}

/** Runs one suite with all seeds, up to the first failure. @return whether there was none */
static bool run_seeds(const struct suite *suite, char **seeds, unsigned steps)
{
    unsigned count = steps == 0 ? suite->steps : steps;
    size_t done = 0;

    for (; seeds[done] != NULL; done++) {
        if (!run_once(suite, strtoul(seeds[done], NULL, 0), count)) {
            return false;
        }
    }
    printf("%-8s %zu seeds of %u steps\n", suite->name, done, count);
    fflush(stdout);
    return true;
}

static int complain(void)
{
    fputs(usage, stderr);
    return 2;
}

int main(int count, char **words)
{
    const char *only = NULL;
    unsigned steps = 0;
    bool found = false, good = true;

    (void)count;
    for (words++; words[0] != NULL && words[1] != NULL && words[0][0] == '-'; words += 2) {
        if (strcmp(words[0], "--suite") == 0) {
            only = words[1];
        } else if (strcmp(words[0], "--steps") == 0) {
            steps = (unsigned)strtoul(words[1], NULL, 0);
        } else {
            return complain();
        }
    }
    for (const struct suite *suite = suites; suite->name != NULL; suite++) {
        if (only == NULL || strcmp(only, suite->name) == 0) {
            found = true;
            good &= words[0] != NULL && run_seeds(suite, words, steps);
        }
    }
    if (!found || words[0] == NULL) {
        return complain();
    }
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
