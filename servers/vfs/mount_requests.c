/**
 * @file
 * FILE_MOUNT, FILE_UNMOUNT and FILE_STATFS.
 */
#include <errno.h>
#include <string.h>

#include "handlers.h"
#include "mounts.h"
#include "node_path.h"
#include "path.h"

/** The texts of a plan, with room for their NULs. */
struct mount_texts {
    char source[sizeof(((struct file_system_status *)0)->source)];
    char kind[sizeof(((struct file_system_status *)0)->kind)];
    char where[FILE_PATH_MAX + 1];
};

/** Copies a text, and ends it with a NUL. */
static int copy(char *to, size_t size, struct span from)
{
    if (from.length == 0 || memchr(from.text, '\0', from.length) != NULL) {
        return EINVAL;
    }
    if (from.length >= size) {
        return ENAMETOOLONG;
    }
    memcpy(to, from.text, from.length);
    to[from.length] = '\0';
    return 0;
}

/** Mounts on a directory that has been found. */
static int mount_on(struct node *directory, struct mount_texts *texts, bool is_read_only)
{
    struct mount_plan plan = {texts->kind, texts->source, texts->where, directory, is_read_only};
    size_t length;
    int error;

    if (!node_is_directory(directory)) {
        return ENOTDIR;
    }
    error = node_path(directory, texts->where, FILE_PATH_MAX, &length);
    if (error != 0) {
        return error;
    }
    texts->where[length] = '\0';
    return mounts_add(&plan);
}

/** Mounts a file system: see proto.h. */
int file_mount(struct request *request)
{
    struct mount_texts texts;
    struct span spans[3];
    struct node *directory;
    int error = request_spans(request, 3, spans);

    if (error == 0) {
        error = copy(texts.source, sizeof(texts.source), spans[0]);
    }
    if (error == 0) {
        error = copy(texts.kind, sizeof(texts.kind), spans[2]);
    }
    if (error != 0) {
        return error;
    }
    if (request->words[3] & ~(uint64_t)FILE_MOUNT_READ_ONLY) {
        return EINVAL;
    }
    error = path_find(request->client, spans[1].text, spans[1].length, PATH_FOLLOW, &directory);
    if (error == 0) {
        error = mount_on(directory, &texts, request->words[3] & FILE_MOUNT_READ_ONLY);
        node_put(directory);
    }
    return error;
}

/** Unmounts a file system: see proto.h. */
int file_unmount(struct request *request)
{
    struct span span;
    struct node *root;
    int error = request_spans(request, 1, &span);

    if (error == 0) {
        error = path_find(request->client, span.text, span.length, PATH_FOLLOW, &root);
    }
    return error == 0 ? mounts_remove(root) : error;
}

/** Tells about the file system that a file is in: see proto.h. */
int file_statfs(struct request *request)
{
    struct file_system_status status;
    struct span span;
    struct node *node;
    int error = request_spans(request, 1, &span);

    if (error == 0) {
        error = path_find(request->client, span.text, span.length, PATH_FOLLOW, &node);
    }
    if (error != 0) {
        return error;
    }
    error = mount_status(node->mount, &status);
    node_put(node);
    request_answer(request, &status, sizeof(status));
    return error;
}
