/**
 * @file
 * The end of capabilities.
 */
#pragma once

#include <stdbool.h>

#include "task/slot.h"

bool cap_clear(struct slot *slot);
bool cap_delete_step(struct slot *slot);
bool cap_revoke_step(struct slot *slot);
