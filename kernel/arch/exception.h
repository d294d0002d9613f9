/**
 * @file
 * What an exception means, in words.
 */
#pragma once

#include "arch/context.h"

#define EXCEPTION_TEXT_SIZE 128

void exception_describe(const struct context *saved, char *text, size_t size);
