/**
 * @file
 * Memory, numbers, the environment, the program's end (ISO C11 7.22; setenv, unsetenv: IEEE
 * 1003.1).
 */
#pragma once

#include <stddef.h>
#include <stdnoreturn.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define RAND_MAX 0x7FFFFFFF

/* Addresses are multiples of 16. NULL and ENOMEM when the heap is full. What was freed twice, or
 * written to behind its end, is told when it is seen, and ends the program. */

void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *memory, size_t size);
void *reallocarray(void *memory, size_t count, size_t size);
void free(void *memory);

/* Numbers in text. Out of range: the nearest one, errno ERANGE; a base that is not 0 or 2 to 36:
 * EINVAL. `end` (if not NULL): behind the number; at the text's beginning when there is none. */

long strtol(const char *restrict text, char **restrict end, int base);
long long strtoll(const char *restrict text, char **restrict end, int base);
unsigned long strtoul(const char *restrict text, char **restrict end, int base);
unsigned long long strtoull(const char *restrict text, char **restrict end, int base);
int atoi(const char *text);
long atol(const char *text);

int abs(int number);
long labs(long number);

/** Sorts, in place, in O(n log n) steps at most. Equal ones may change their order. */
void qsort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *));
/** Finds an item in a sorted array. @return NULL: it is not there */
void *bsearch(const void *key, const void *items, size_t count, size_t size,
              int (*compare)(const void *key, const void *item));

int rand(void); /**< 0 to RAND_MAX; the same row for the same seed */
void srand(unsigned seed);

/** @return a variable of the environment; NULL: there is none of this name */
char *getenv(const char *name);
int setenv(const char *name, const char *value, int overwrite);
int unsetenv(const char *name);

/** Has a function called by exit(), the last one first. @return 0; -1: no room (ATEXIT_MAX) */
int atexit(void (*function)(void));
/** Calls atexit()'s functions, writes streams, ends. @param status its low eight bits count */
noreturn void exit(int status);
noreturn void _Exit(int status);
/** Ends as by SIGABRT: nothing is written any more. */
noreturn void abort(void);
