/**
 * @file
 * The memory that becomes untyped.
 */
#pragma once

#include "abi/root.h"

void root_memory_collect(struct root_info *info);
