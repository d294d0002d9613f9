/**
 * @file
 * Interrupts of devices.
 */
#pragma once

#include "arch/context.h"

void irq_init(void);
void irq_enter(struct context *saved);
