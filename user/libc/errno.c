/**
 * @file
 * The error number of the last function that failed.
 */
#include <errno.h>

int errno;
