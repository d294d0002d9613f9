/**
 * @file
 * All suites. Each compares a part of the library with the host's, or with a model.
 */
#include "suites.h"

#include <stddef.h>

const struct suite suites[] = {
    {"strings", strings_run, 4000},
    {"format", format_run, 4000},
    {"numbers", numbers_run, 4000},
    {"sort", sort_run, 300},
    {"heap", heap_run, 6000},
    {"dates", dates_run, 3000},
    {"options", options_run, 2000},
    {"arguments", arguments_run, 2000},
    {"variables", variables_run, 1500},
    {"streams", streams_run, 3000},
    {"files", files_run, 200},
    {"spawn", spawn_run, 60},
    {NULL, NULL, 0},
};
