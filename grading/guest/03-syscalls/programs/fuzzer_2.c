/**
 * @file
 * The fuzzer once more, to run beside it: no program of this stage can run twice at a time.
 */
#include "fuzzer.c"
