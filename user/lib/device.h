/**
 * @file
 * Devices: interrupt lines and I/O ports.
 */
#pragma once

#include "capability.h"

enum error irq_bind(slot irq, slot notification);
enum error irq_acknowledge(slot irq);

/* `bytes` is 1, 2 or 4. */

struct call_result port_read(slot ports, uint64_t port, uint64_t bytes);
enum error port_write(slot ports, uint64_t port, uint64_t bytes, uint64_t value);
