/**
 * @file
 * The types that C itself has in headers. Whoever includes a header of the kernel has them.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdnoreturn.h>
