/**
 * @file
 * The clock driver's protocol. The label of an answer is an error number of errno.h.
 *
 *     CLOCK_NOW   answer: word 0 the time of day, in seconds since 1970-01-01 00:00 UTC
 *                 EIO: the clock does not tell a time
 *
 * Any other label: ENOSYS.
 */
#pragma once

/** Requests. */
enum clock_request { CLOCK_NOW = 1 };
