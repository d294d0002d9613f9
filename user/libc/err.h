/**
 * @file
 * Messages of programs about what went wrong (BSD): `program: text: what errno means` on stderr;
 * those with an x say nothing of errno.
 */
#pragma once

#include <stdnoreturn.h>

void warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void warnx(const char *format, ...) __attribute__((format(printf, 1, 2)));
/** Exits with `status` afterwards. */
noreturn void err(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));
noreturn void errx(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** @return the last name of the path in argv[0] */
const char *getprogname(void);
