/**
 * @file
 * What the grader's test programs in user mode are written with.
 *
 * A test program is a file of grading/guest/NN-name/programs/, linked with the tree's user library
 * and with what is here. It begins with guest_main(). Its reports stay in its own memory, where the
 * grader reads them whenever some program of the boot stops at a checkpoint or at its end. The boot
 * has ended when its first program calls guest_end(), or returns from guest_main().
 *
 * Reports may be interrupted, but not made by two threads of one program.
 */
#pragma once

#include "../common/reports.h"

#define GUEST_ARGUMENTS 8

/**
 * The program.
 *
 * @param argument  from whoever started the task; 0 in the first program
 * @return the task's exit status
 */
int64_t guest_main(uint64_t argument);

/** What the test outside has put at a place, 0 to GUEST_ARGUMENTS - 1; 0 unless it says so. */
uint64_t guest_argument(unsigned place);
