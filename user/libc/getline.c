/**
 * @file
 * Lines of any length (IEEE 1003.1, getdelim).
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "streams.h"

/** A text that grows. */
struct line {
    char *text;
    size_t size, length;
};

/** Appends bytes and a NUL. @return false: there is no memory, errno is ENOMEM */
static bool append(struct line *line, const char *bytes, size_t count)
{
    size_t needed = line->length + count + 1;

    if (needed > line->size || line->text == NULL) {
        size_t size = needed < 64 ? 64 : needed + needed / 2;
        char *grown = realloc(line->text, size);

        if (grown == NULL) {
            return false;
        }
        line->text = grown;
        line->size = size;
    }
    memcpy(line->text + line->length, bytes, count);
    line->length += count;
    line->text[line->length] = '\0';
    return true;
}

/** Appends up to a character, that one too. @return false: an error */
static bool read_line(struct stream *stream, struct line *line, int delimiter)
{
    const char *bytes, *end = NULL;
    size_t there;

    while (end == NULL && (there = stream_peek(stream, &bytes)) > 0) {
        end = memchr(bytes, delimiter, there);
        there = end != NULL ? (size_t)(end - bytes) + 1 : there;
        if (!append(line, bytes, there)) {
            return false;
        }
        stream->position += there;
    }
    return end != NULL || !stream->has_failed;
}

/**
 * Reads up to a character.
 *
 * @param line       *line is NULL or from malloc(); it is made larger when it has to be, and ends
 *                   with a NUL; to be freed, also after -1
 * @param size       *size is its size, in bytes
 * @param delimiter  the last character to be read
 * @param stream     any
 * @return how many bytes were read, the delimiter among them; -1 at the end, and with an error;
 *         what was read before the error is in *line
 */
ssize_t getdelim(char **restrict line, size_t *restrict size, int delimiter, FILE *restrict stream)
{
    struct line read = {*line, *line == NULL ? 0 : *size, 0};
    bool done = read_line(stream, &read, delimiter);

    *line = read.text;
    *size = read.size;
    return done && read.length > 0 ? (ssize_t)read.length : -1;
}

/** Reads a line with its newline, which only the last one may lack. @return as getdelim() */
ssize_t getline(char **restrict line, size_t *restrict size, FILE *restrict stream)
{
    return getdelim(line, size, '\n', stream);
}
