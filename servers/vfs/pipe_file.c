/**
 * @file
 * FILE_PIPE, and the two ends of a pipe as open files.
 */
#include <errno.h>
#include <fcntl.h>

#include "handlers.h"
#include "pipe.h"

#define PIPES_MAX 64u
#define PIPES_LEFT 4u /* to each program above one, so that a shell still has some */
#define LEVELS_MAX 3u /* above that it counts no more */

static struct pipe pipes[PIPES_MAX];

static int read(struct open_file *file, uint64_t offset, void *to, size_t size, size_t *done)
{
    (void)offset;
    return pipe_read(file->data, to, size, done);
}

static int write(struct open_file *file, uint64_t *offset, const void *from, size_t size,
                 size_t *done)
{
    (void)offset;
    return pipe_write(file->data, from, size, done);
}

/** Closes one end: who waits at the other one sees it. */
static void close(struct open_file *file)
{
    struct pipe *pipe = file->data;

    if (open_file_can_read(file)) {
        pipe->has_reader = false;
        worker_wake_all(&pipe->writers);
    } else {
        pipe->has_writer = false;
        worker_wake_all(&pipe->readers);
    }
}

static const struct file_kind pipe_kind = {.read = read, .write = write, .close = close};

/** Finds a pipe that is free. @param left so many others stay free */
static struct pipe *find_free(unsigned left)
{
    for (struct pipe *pipe = pipes; pipe < pipes + PIPES_MAX; pipe++) {
        if (!pipe->has_reader && !pipe->has_writer && left-- == 0) {
            return pipe;
        }
    }
    return NULL;
}

/** @return how many pipes a client has to leave to others */
static unsigned pipes_left_by(const struct client *client)
{
    return PIPES_LEFT * (client->above < LEVELS_MAX ? client->above : LEVELS_MAX);
}

/** Makes open files of both ends. */
static int make_ends(struct pipe *pipe, struct open_file **reader, struct open_file **writer)
{
    int error = open_file_make(&pipe_kind, NULL, O_RDONLY, reader);

    if (error != 0) {
        return error;
    }
    (*reader)->data = pipe;
    pipe->first = 0;
    pipe->count = 0;
    pipe->has_reader = true;
    error = open_file_make(&pipe_kind, NULL, O_WRONLY, writer);
    if (error != 0) {
        open_file_put(*reader);
        return error;
    }
    (*writer)->data = pipe;
    pipe->has_writer = true;
    return 0;
}

/** Makes a pipe: see proto.h. */
int file_pipe(struct request *request)
{
    struct descriptors *descriptors = &request->client->descriptors;
    struct open_file *reader, *writer;
    struct pipe *pipe = find_free(pipes_left_by(request->client));
    int error = pipe != NULL ? make_ends(pipe, &reader, &writer) : ENFILE;

    if (error != 0) {
        return error;
    }
    error = descriptor_take(descriptors, reader, 0, &request->answer[0]);
    if (error == 0) {
        error = descriptor_take(descriptors, writer, 0, &request->answer[1]);
        if (error != 0) {
            open_file_put(descriptor_drop(descriptors, request->answer[0]));
        }
    }
    open_file_put(reader);
    open_file_put(writer);
    return error;
}
