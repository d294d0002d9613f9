/**
 * @file
 * A command from its beginning to its end, however its data travels.
 */
#pragma once

#include "storage/work.h"

/** How it stands. */
enum transfer_state { TRANSFER_UNDER_WAY, TRANSFER_DONE, TRANSFER_FAILED };

enum transfer_state transfer_begin(const struct work *work);
enum transfer_state transfer_interrupt(void);
void transfer_stop(void);
