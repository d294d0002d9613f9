/**
 * @file
 * Terminals (POSIX), as far as there are any: what else one can be told stands in
 * drivers/console/proto.h.
 */
#pragma once

/** Waits until all that was written to a terminal has been sent. @return 0; -1: ENOTTY, EBADF */
int tcdrain(int descriptor);
