/**
 * @file
 * All streams: the three that every program has, and those that it has opened.
 */
#include "streams.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static char in_buffer[BUFSIZ + 1], out_buffer[BUFSIZ + 1];

static struct stream standard[] = {
    {.descriptor = STDIN_FILENO,
     .mode = STREAM_MODE_LATER,
     .may_read = true,
     .is_static = true,
     .buffer = in_buffer,
     .size = sizeof(in_buffer),
     .next = &standard[1]},
    {.descriptor = STDOUT_FILENO,
     .mode = STREAM_MODE_LATER,
     .may_write = true,
     .is_static = true,
     .buffer = out_buffer,
     .size = sizeof(out_buffer),
     .next = &standard[2]},
    {.descriptor = STDERR_FILENO, .mode = _IONBF, .may_write = true, .is_static = true},
};

FILE *stdin = &standard[0], *stdout = &standard[1], *stderr = &standard[2];

static struct stream *streams = &standard[0];

/** Adds a stream to those that are written when the program ends. */
void streams_add(struct stream *stream)
{
    stream->next = streams;
    streams = stream;
}

/** Removes a stream. One that is not there may be asked for. */
void streams_remove(struct stream *stream)
{
    for (struct stream **link = &streams; *link != NULL; link = &(*link)->next) {
        if (*link == stream) {
            *link = stream->next;
            return;
        }
    }
}

/** Writes what all streams still have, and lets files go back to what was not taken from them, so
 * that the next program that reads them finds it. */
void streams_finish(void)
{
    for (struct stream *each = streams; each != NULL; each = each->next) {
        stream_rest(each);
    }
}

/**
 * Writes what a stream has in its buffer (C11 7.21.5.2).
 *
 * @param stream  NULL: all of them
 * @return 0; EOF, with errno: something could not be written
 */
int fflush(FILE *stream)
{
    bool done = true;

    if (stream != NULL) {
        return stream_flush(stream) ? 0 : EOF;
    }
    for (struct stream *each = streams; each != NULL; each = each->next) {
        done = stream_flush(each) && done;
    }
    return done ? 0 : EOF;
}

/** Gives a stream a buffer of its own, or, if there is no memory, its small one. */
static void make_buffer(struct stream *stream)
{
    stream->size = BUFSIZ + 1;
    stream->buffer = stream->mode == _IONBF ? NULL : malloc(stream->size);
    stream->owns_buffer = stream->buffer != NULL;
    if (stream->buffer == NULL) {
        stream->buffer = stream->small;
        stream->size = sizeof(stream->small);
    }
}

/** Makes a stream ready to be used: finds out how it is to be buffered, and gives it a buffer. */
void stream_prepare(struct stream *stream)
{
    int error = errno;

    if (stream->mode == STREAM_MODE_LATER) {
        stream->mode = isatty(stream->descriptor) ? _IOLBF : _IOFBF;
    }
    if (stream->buffer == NULL) {
        make_buffer(stream);
    }
    errno = error; /* that it is no console is no failure */
}
