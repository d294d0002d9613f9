/**
 * @file
 * The program client once more, to run beside it. All programs share one address space, so each is
 * linked at an address of its own, and none can run twice at a time.
 */
#include "bin/client.c"
