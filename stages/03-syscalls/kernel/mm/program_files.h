/**
 * @file
 * The programs that the boot loader has brought.
 */
#pragma once

#include "arch/modules.h"

void program_files_reserve(void);
