/**
 * @file
 * Protection of the kernel from user memory.
 */
#pragma once

void protection_init(void);
void protection_forget_flags(void);
