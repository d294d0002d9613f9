/**
 * @file
 * The root task's stand-in: notes what is asked of it.
 */
#pragma once

#include <stdint.h>

#define ROOT_PROCESS 42u /**< the process that INIT_CREATE makes */

/** What has happened. */
struct root {
    unsigned images, created, run, ended, waited;
    char name[17];                 /**< of the last INIT_CREATE */
    uint64_t file_size, arguments; /**< likewise */
    uint64_t end_status;
    unsigned fail;        /**< this many requests from now, one is refused; 0: none */
    uint64_t wait_answer; /**< exit status of INIT_WAIT */
};

extern struct root root;
