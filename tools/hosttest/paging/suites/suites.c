/**
 * @file
 * The list of suites for stage 05.
 */
#include "suites/suites.h"

#include <stddef.h>

#include "harness.h"

const struct suite suites[] = {
    {"pages", pages_run, 400}, {"system", system_run, 12000}, {"elf", elf_run, 1000},
    {"map", map_run, 3000},    {"frames", frames_run, 3000},  {NULL, NULL, 0},
};
