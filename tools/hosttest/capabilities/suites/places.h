/**
 * @file
 * Which slots of the root task's capability space the suites play with.
 */
#pragma once

#include "abi/root.h"

#define PLACE_FIRST 300u /* the first of them */
#define PLACE_COUNT 96u
#define PLACE_END (PLACE_FIRST + PLACE_COUNT)
#define PLACE_FIXED 16u /* so many from the first one on are never filled at random */
