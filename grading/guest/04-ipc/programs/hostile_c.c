/**
 * @file
 * Hostile task c.
 */
#include "hostile.h"
