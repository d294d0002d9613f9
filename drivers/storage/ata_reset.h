/**
 * @file
 * Resetting the channel.
 */
#pragma once

#include <stdbool.h>

void ata_reset_begin(bool interrupts);
bool ata_reset_is_over(void);
