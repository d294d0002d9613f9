/**
 * @file
 * The user library's header of this name: the host has one, too.
 */
#pragma once

#include "user/lib/memory.h"
