/**
 * @file
 * Copies of text in memory of their own (IEEE 1003.1).
 */
#include <stdlib.h>
#include <string.h>

/** @return a copy of the first `size` bytes of a text, with a NUL, to be freed; NULL: ENOMEM */
char *strndup(const char *text, size_t size)
{
    size_t length = strnlen(text, size);
    char *copy = malloc(length + 1);

    if (copy != NULL) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

/** @return a copy of a text, to be freed; NULL: ENOMEM */
char *strdup(const char *text)
{
    return strndup(text, strlen(text));
}
