/**
 * @file
 * The channel at work: which command is under way, and for how long.
 */
#pragma once

#include <stdint.h>

void channel_continue(void);
void channel_interrupt(void);
uint64_t channel_time_left(void);
void channel_time_is_up(void);
