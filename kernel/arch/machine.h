/**
 * @file
 * The end of the machine's run.
 */
#pragma once

#include "lib/types.h"

/** Why the kernel stops; the emulator's exit status and the debug port tell it outside. */
enum stop_reason {
    STOP_DONE = 0,  /**< everything was done: the machine is powered off */
    STOP_PANIC = 1, /**< the kernel found itself broken */
};

noreturn void machine_stop(enum stop_reason reason);
