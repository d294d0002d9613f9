/**
 * @file
 * Data through the CPU: programmed input and output (ATA/ATAPI-6 9.5 and 9.6).
 */
#pragma once

#include <stdint.h>

#include "storage/proto.h"

int pio_transfer(enum storage_operation operation, uint16_t *words, unsigned sectors);
