/**
 * @file
 * The part that the test programs in the kernel have as well, compiled as a program's code.
 */
#include "../common/random.c"
#include "../common/report.c"
