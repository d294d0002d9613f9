/**
 * @file
 * What the calls about I/O ports have in common.
 */
#pragma once

#include "abi/error.h"
#include "lib/types.h"

enum error port_find(uint64_t ports, uint64_t port, uint64_t bytes);
