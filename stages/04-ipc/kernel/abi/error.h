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
    ERROR(ERROR_UNKNOWN_CALL, 7, "there is no system call of this number") \
    ERROR(ERROR_BAD_ADDRESS, 8, "not all of the memory may be accessed so") \
    ERROR(ERROR_NO_PROGRAM, 9, "there is no program of this name") \
    ERROR(ERROR_BAD_PROGRAM, 10, "the file is no program that can be loaded") \
    ERROR(ERROR_TIMEOUT, 11, "nobody came in time") \
    ERROR(ERROR_PEER_ENDED, 12, "whoever was waited for has ended, or will not answer") \
    ERROR(ERROR_BAD_SLOT, 13, "the slot is empty, full, or holds something else") \
    ERROR(ERROR_NO_RIGHT, 14, "the slot does not allow that") \
    ERROR(ERROR_NO_CALLER, 15, "there is nobody to answer")

#define ERROR_ENUMERATOR(name, number, text) name = number, /**< text */

/** The result of everything that can be refused. A refused operation has changed nothing. */
enum error { ERROR_LIST(ERROR_ENUMERATOR) };

const char *error_name(enum error error);
