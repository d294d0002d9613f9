/**
 * @file
 * Memory and text (ISO C11 7.24; strnlen, strdup, strndup, strtok_r, stpcpy, strsignal: IEEE
 * 1003.1-2017; strlcpy, strlcat: IEEE 1003.1-2024).
 */
#pragma once

#include <stddef.h>

/* In user/lib/string.c: every program has them. */

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
int memcmp(const void *left, const void *right, size_t size);
size_t strlen(const char *text);
int strcmp(const char *left, const char *right);

/** Finds a byte. @return where; NULL: it is not there */
void *memchr(const void *memory, int byte, size_t size);

/** Length, but at most `size`. */
size_t strnlen(const char *text, size_t size);

char *strcpy(char *restrict to, const char *restrict from);
char *stpcpy(char *restrict to, const char *restrict from); /**< gives the end of the copy */
char *strcat(char *restrict to, const char *restrict from);

/** Copies exactly `size` bytes: zeros behind a short text, no NUL behind a long one. */
char *strncpy(char *restrict to, const char *restrict from, size_t size);
char *strncat(char *restrict to, const char *restrict from, size_t size);

/** Copies what fits into `size` bytes with its NUL. @return the length that it would have had */
size_t strlcpy(char *restrict to, const char *restrict from, size_t size);
size_t strlcat(char *restrict to, const char *restrict from, size_t size);

int strncmp(const char *left, const char *right, size_t size);
int strcoll(const char *left, const char *right); /**< the same as strcmp() */

char *strchr(const char *text, int character);
char *strrchr(const char *text, int character);
char *strstr(const char *text, const char *part);
char *strpbrk(const char *text, const char *set);
size_t strspn(const char *text, const char *set);
size_t strcspn(const char *text, const char *set);

/** Cuts a text into words. @param text NULL: go on @return the next word; NULL: no more */
char *strtok(char *restrict text, const char *restrict separators);
char *strtok_r(char *restrict text, const char *restrict separators, char **restrict rest);

/** A copy, to be freed. @return NULL, errno ENOMEM */
char *strdup(const char *text);
char *strndup(const char *text, size_t size);

/** What an error number means. Never NULL. */
char *strerror(int number);
/** What a signal means. Never NULL. */
char *strsignal(int number);
