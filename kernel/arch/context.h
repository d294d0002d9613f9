/**
 * @file
 * The registers of interrupted code.
 */
#pragma once

#include "arch/x86_64/context.h"

/** Takes the registers of what is interrupted as long as there is no thread. */
extern struct context boot_context;
