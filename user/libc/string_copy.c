/**
 * @file
 * Copying text (ISO C11 7.24.2, 7.24.3; IEEE 1003.1).
 */
#include <string.h>

/**
 * Copies a text with its NUL (IEEE 1003.1, stpcpy).
 *
 * @param to    room for it
 * @param from  must not overlap
 * @return the NUL of the copy
 */
char *stpcpy(char *restrict to, const char *restrict from)
{
    size_t length = strlen(from);

    memcpy(to, from, length + 1);
    return to + length;
}

/** Copies a text with its NUL; the two must not overlap (C11 7.24.2.3). @return to */
char *strcpy(char *restrict to, const char *restrict from)
{
    stpcpy(to, from);
    return to;
}

/** Appends a text to another one, which has room for it (C11 7.24.3.1). @return to */
char *strcat(char *restrict to, const char *restrict from)
{
    stpcpy(to + strlen(to), from);
    return to;
}

/**
 * Fills an array of fixed size with a text (C11 7.24.2.4).
 *
 * @param to    gets exactly `size` bytes: the text, or what fits of it, and zeros behind it. A text
 *              that is not shorter than `size` has no NUL there
 * @param from  only its first `size` bytes are looked at
 * @param size  in bytes
 * @return to
 */
char *strncpy(char *restrict to, const char *restrict from, size_t size)
{
    size_t length = strnlen(from, size);

    memcpy(to, from, length);
    memset(to + length, 0, size - length);
    return to;
}

/**
 * Appends at most `size` bytes of a text, and always a NUL (C11 7.24.3.2).
 *
 * @param to    a text with room for `size` + 1 bytes behind it
 * @param from  only its first `size` bytes are looked at
 * @param size  in bytes, without the NUL
 * @return to
 */
char *strncat(char *restrict to, const char *restrict from, size_t size)
{
    size_t length = strnlen(from, size);
    char *end = to + strlen(to);

    memcpy(end, from, length);
    end[length] = '\0';
    return to;
}

/**
 * Copies what fits of a text (IEEE 1003.1-2024).
 *
 * @param to    ends with a NUL afterwards, unless `size` is 0
 * @param from  must not overlap
 * @param size  of `to`, in bytes
 * @return the length of `from`: if it is not below `size`, something was cut off
 */
size_t strlcpy(char *restrict to, const char *restrict from, size_t size)
{
    size_t length = strlen(from);
    size_t copied = length < size ? length : size - 1;

    if (size > 0) {
        memcpy(to, from, copied);
        to[copied] = '\0';
    }
    return length;
}

/**
 * Appends what fits of a text (IEEE 1003.1-2024).
 *
 * @param to    a text; one without a NUL in its `size` bytes stays as it is
 * @param from  must not overlap
 * @param size  of `to`, in bytes
 * @return the length that the whole would have: if it is not below `size`, something was cut off
 */
size_t strlcat(char *restrict to, const char *restrict from, size_t size)
{
    size_t length = strnlen(to, size);

    return length + strlcpy(to + length, from, size - length);
}
