/**
 * @file
 * Kernel and model of the system side by side.
 */
#pragma once

#include "ipc/objects.h"
#include "models/system.h"

/* The kernel's pools, by number. */
struct endpoint *kernel_endpoint(int number);
struct notification *kernel_notification(int number);

void compare_start(void);
void compare_all(void);
