/**
 * @file
 * What a shell and another one that it starts agree on.
 */
#pragma once

#include "files.h"

#define SUBSHELL_OPTION "--subshell"
#define SUBSHELL_FACTS "%d:%d:%d:%d:%d" /**< in the order of enum subshell_fact */
#define SUBSHELL_DESCRIPTOR FILES_MAX   /**< where it reads state, NUL, and what it runs */

/** Numbers that only the first shell knows. */
enum subshell_fact {
    SUBSHELL_PID,    /**< $$ */
    SUBSHELL_LAST,   /**< $! */
    SUBSHELL_STATUS, /**< $? */
    SUBSHELL_LINE,   /**< where its source begins */
    SUBSHELL_TESTED, /**< not 0: -e does not count */
    SUBSHELL_FACT_COUNT
};
