/**
 * @file
 * /dev/mydevice with another name for its main(), and with a way to the text that it keeps. What
 * is here is compiled together with a student's code, so it is none of the test programs'.
 */
#define main mydevice_main
#include "utilities/mydevice.c" // NOLINT
#undef main

#include "inside.h"

void inside_set(const void *bytes, size_t size)
{
    memset(text, 0, sizeof(text));
    memcpy(text, bytes, size);
    length = size;
}

size_t inside_get(const char **bytes)
{
    *bytes = text;
    return length;
}

const uint64_t inside_append = APPEND;
