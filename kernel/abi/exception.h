/**
 * @file
 * Exceptions as messages: what kernel and fault handlers agree on.
 */
#pragma once

#include "abi/fault.h"

/**
 * An exception that is not a page fault makes a message like one that is (abi/fault.h), but: word 0
 * is its error code, 0 where it has none; word 1 is this bit and its vector (Intel SDM Vol. 3A
 * table 6-1). The answer means the same.
 */
#define FAULT_EXCEPTION 0x100u
