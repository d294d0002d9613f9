/**
 * @file
 * What programs ask of /dev/console.
 */
#pragma once

#include <stdbool.h>

#include "slot.h"

int requests_open(slot files, slot signals);
int requests_serve(bool is_signalled);
void requests_interrupt(void);
