/**
 * @file
 * The C library's own: what a stream is.
 *
 * A stream is idle, reads or writes. While it reads, its buffer has what has been read from the
 * file and not been taken yet: bytes from `position` up to `filled`. The first byte stays free for
 * ungetc(). While it writes, the buffer has what has not been written yet: bytes up to `position`.
 * What has to happen between reading and writing (C11 7.21.5.3, paragraph 7) the stream does by
 * itself.
 */
#pragma once

#include <stdbool.h>
#include <stdio.h>

/** What a stream is doing. */
enum stream_state { STREAM_IDLE, STREAM_READING, STREAM_WRITING };

#define STREAM_MODE_LATER (-1) /**< line buffered if it is a console: seen at its first use */

/** A stream. */
struct stream {
    int descriptor;
    int mode; /**< _IOFBF and so on, or STREAM_MODE_LATER */
    enum stream_state state;
    bool may_read, may_write;
    bool is_at_end, has_failed;
    bool owns_buffer;    /**< it is from malloc() */
    bool is_static;      /**< the stream is not */
    char *buffer;        /**< NULL: none yet */
    size_t size;         /**< of it, in bytes; at least 2 */
    size_t position;     /**< see above */
    size_t filled;       /**< see above */
    char small[2];       /**< the buffer of a stream without a buffer */
    struct stream *next; /**< of all streams */
};

void streams_add(struct stream *stream);
void streams_remove(struct stream *stream);
void streams_finish(void);

void stream_prepare(struct stream *stream);
bool stream_flush(struct stream *stream);
bool stream_rest(struct stream *stream);
size_t stream_peek(struct stream *stream, const char **bytes);
size_t stream_write(struct stream *stream, const char *from, size_t size);
