/**
 * @file
 * The log ring: the kernel's last words, kept in memory for a debugger to read.
 */
#include "debug/log.h"

_Static_assert((LOG_SIZE & (LOG_SIZE - 1)) == 0, "the ring's index is taken by a mask");

struct log_ring log_ring;

/**
 * Appends a character; the oldest one gives way.
 */
void log_put(char character)
{
    log_ring.text[log_ring.written & (LOG_SIZE - 1)] = character;
    log_ring.written++;
}
