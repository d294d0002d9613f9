/**
 * @file
 * Hostile task a.
 */
#include "hostile.h"
