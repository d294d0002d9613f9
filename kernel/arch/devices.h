/**
 * @file
 * Devices, for those who may use them: I/O ports, and interrupt lines that are held back.
 */
#pragma once

#include "lib/types.h"

uint32_t ports_read(uint16_t port, unsigned bytes);
void ports_write(uint16_t port, unsigned bytes, uint32_t value);

void interrupt_disable(unsigned line);
void interrupt_window(void);
