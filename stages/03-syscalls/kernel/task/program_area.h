/**
 * @file
 * The area that all tasks share.
 */
#pragma once

#include "task/thread.h"

void program_release_range(struct memory_range range);
