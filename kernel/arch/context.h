/**
 * @file
 * The registers of interrupted code.
 */
#pragma once

#include "arch/x86_64/context.h"

extern struct context boot_context;
