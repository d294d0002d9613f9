/**
 * @file
 * What an exercise says as long as nobody has written it.
 *
 * The Makefile includes this header into every C file of a starter, so a stub needs no line at
 * the top of its file that would otherwise not be there.
 */
#pragma once

/* Helpers that are given for an exercise have no user until it is written. */
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wunused-variable"
#pragma GCC diagnostic ignored "-Wunused-const-variable"

/**
 * Says on the debug port, once for each exercise, that it is not written yet, and returns.
 *
 * @param id        the exercise's name, as in the handout
 * @param function  the function that has to be written
 */
void exercise_unwritten(const char *id, const char *function);

/**
 * Says the same and stops the machine, for routines in assembly that have nothing to return.
 *
 * @param text  "exercise (function)"
 */
_Noreturn void exercise_unwritten_stop(const char *text);
