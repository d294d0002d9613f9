/**
 * @file
 * The list of suites for stage 06 and later ones.
 */
#include "suites/suites.h"

#include <stddef.h>

#include "harness.h"

const struct suite suites[] = {
    {"text", text_run, 3000},
    {"queue", queue_run, 3000},
    {"derivation", derivation_run, 8000},
    {"levels", levels_run, 6000},
    {NULL, NULL, 0},
};
