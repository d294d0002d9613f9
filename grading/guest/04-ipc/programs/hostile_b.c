/**
 * @file
 * Hostile task b.
 */
#include "hostile.h"
