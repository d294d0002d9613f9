/**
 * @file
 * Memory and text for programs, as in the C library (ISO C11 7.24).
 *
 * The block operations are string instructions: a loop in C would be made a call of the very
 * function that it stands in. They go by words of eight bytes, and the rest byte by byte: where
 * each repetition counts, as in an emulator, that is an eighth.
 */
#include "string.h"

#include <stdint.h>

/** Copies `size` bytes; the two must not overlap (C11 7.24.2.1). @return to */
void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
    return memmove(to, from, size);
}

/** Copies from the first byte to the last. What has been written of a place that is below the other
 * one is never read again: also not when a word is. */
static void copy_upwards(void *to, const void *from, size_t size)
{
    size_t words = size / sizeof(uint64_t), rest = size % sizeof(uint64_t);

    __asm__ volatile("rep movsq" : "+D"(to), "+S"(from), "+c"(words) : : "memory");
    __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(rest) : : "memory");
}

/** Copies from the last byte to the first. The direction flag is clear again afterwards. */
static void copy_downwards(void *to, const void *from, size_t size)
{
    char *last = (char *)to + size - 1;
    const char *last_from = (const char *)from + size - 1;

    __asm__ volatile("std\n\trep movsb\n\tcld"
                     : "+D"(last), "+S"(last_from), "+c"(size)
                     :
                     : "memory", "cc");
}

/** Copies `size` bytes, also between places that overlap (C11 7.24.2.2). @return to */
void *memmove(void *to, const void *from, size_t size)
{
    if ((uintptr_t)to - (uintptr_t)from < size) { /* upwards would overwrite what is to be read */
        copy_downwards(to, from, size);
    } else {
        copy_upwards(to, from, size);
    }
    return to;
}

/** Sets `size` bytes to `byte` (C11 7.24.6.1). @return to */
void *memset(void *to, int byte, size_t size)
{
    uint64_t pattern = (uint8_t)byte * (UINT64_MAX / UINT8_MAX); /* the byte eight times */
    size_t words = size / sizeof(uint64_t), rest = size % sizeof(uint64_t);
    void *next = to;

    __asm__ volatile("rep stosq" : "+D"(next), "+c"(words) : "a"(pattern) : "memory");
    __asm__ volatile("rep stosb" : "+D"(next), "+c"(rest) : "a"(pattern) : "memory");
    return to;
}

/** Compares `size` bytes as unsigned numbers (C11 7.24.4.1). @return below, equal to or above 0 */
int memcmp(const void *left, const void *right, size_t size)
{
    const unsigned char *a = left;
    const unsigned char *b = right;

    while (size > 0 && *a == *b) {
        a++;
        b++;
        size--;
    }
    return size == 0 ? 0 : *a - *b;
}

/** @return the number of bytes before the NUL (C11 7.24.6.3) */
size_t strlen(const char *text)
{
    const char *end = text;

    while (*end != '\0') {
        end++;
        __asm__ volatile(""); /* or the compiler makes this loop a call of strlen */
    }
    return (size_t)(end - text);
}

/** Compares two texts as unsigned bytes (C11 7.24.4.2). @return below, equal to or above 0 */
int strcmp(const char *left, const char *right)
{
    for (; *left != '\0' && *left == *right; left++) {
        right++;
    }
    return (unsigned char)*left - (unsigned char)*right;
}
