/**
 * @file
 * The list of suites.
 */
#include "suites/suites.h"

#include <stddef.h>

#include "harness.h"

const struct suite suites[] = {
    {"text", text_run, 3000},  {"queue", queue_run, 3000},
    {"map", map_run, 3000},    {"frames", frames_run, 3000},
    {"pages", pages_run, 400}, {"system", system_run, 12000},
    {"elf", elf_run, 1000},    {NULL, NULL, 0},
};
