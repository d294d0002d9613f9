/**
 * @file
 * The serial port, byte by byte.
 */
#pragma once

#include "lib/types.h"

void uart_init(void);
bool uart_put_byte(uint8_t byte);
void uart_flush(void);
