/**
 * @file
 * The serial line.
 */
#pragma once

#include <stdbool.h>

void uart_open(void);
bool uart_serve(void);
