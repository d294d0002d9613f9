/**
 * @file
 * The timer's interrupt.
 */
#pragma once

#include "arch/context.h"

void timer_enter(struct context *saved);
