/**
 * @file
 * Where the kernel takes a thread's calls.
 */
#pragma once

#include "arch/context.h"

void call_enter(struct context *saved);
