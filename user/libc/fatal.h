/**
 * @file
 * The C library's own: the end of a program that has done what it must not.
 */
#pragma once

#include <stdnoreturn.h>

noreturn void fatal(const char *text);
