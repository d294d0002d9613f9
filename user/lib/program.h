/**
 * @file
 * What every user program has.
 */
#pragma once

#include <stdint.h>

/**
 * The program.
 *
 * @param argument  from whoever started the task; what it means is the program's affair
 * @return the task's exit status, for whoever joins it
 */
int64_t main(uint64_t argument);
