/**
 * @file
 * Errors: one list for the kernel and everything that talks to it.
 */
#pragma once

/** Every error: name, number, what it means. Numbers never change their meaning. */
#define ERROR_LIST(ERROR) \
    ERROR(ERROR_NONE, 0, "no error") \
    ERROR(ERROR_INVALID_ARGUMENT, 1, "an argument is out of its range") \
    ERROR(ERROR_NO_MEMORY, 2, "not enough free memory") \
    ERROR(ERROR_NOT_ALLOCATED, 3, "what is to be given back was not handed out") \
    ERROR(ERROR_NO_THREAD, 4, "there is no such thread") \
    ERROR(ERROR_TOO_MANY_THREADS, 5, "every thread control block is in use") \
    ERROR(ERROR_BUSY, 6, "somebody else is doing this already") \
    ERROR(ERROR_UNKNOWN_CALL, 7, "there is no kernel call of this number")

#define ERROR_ENUMERATOR(name, number, text) name = number, /**< text */

/** The result of everything that can be refused. A refused operation has changed nothing. */
enum error { ERROR_LIST(ERROR_ENUMERATOR) };

const char *error_name(enum error error);
