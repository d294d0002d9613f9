/**
 * @file
 * Files: what the boot loader has brought, mapped to be read.
 */
#pragma once

#include <stdint.h>

void files_map(uint64_t image_end);
