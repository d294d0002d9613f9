/**
 * @file
 * I/O ports, for those who may use them.
 */
#pragma once

#include "lib/types.h"

uint32_t ports_read(uint16_t port, unsigned bytes);
void ports_write(uint16_t port, unsigned bytes, uint32_t value);
