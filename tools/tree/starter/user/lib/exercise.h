/**
 * @file
 * What an exercise in a program says as long as nobody has written it: see kernel/exercise.h.
 *
 * The Makefile includes this header into every C file of a program of a starter.
 */
#pragma once

/* Helpers that are given for an exercise have no user until it is written. */
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wunused-variable"
#pragma GCC diagnostic ignored "-Wunused-const-variable"

/**
 * Says on the kernel's console, once for each exercise of a program, that it is not written yet,
 * and returns.
 *
 * @param id        the exercise's name, as in the handout
 * @param function  the function that has to be written
 */
void exercise_unwritten(const char *id, const char *function);
