/**
 * @file
 * Open files: their pool and their references.
 */
#include "open_file.h"

#include <errno.h>
#include <fcntl.h>

#include "clients.h"
#include "node.h"
#include "worker_run.h"

/* Enough for all descriptors of all processes, and those that are being opened: nobody lacks one
 * because others have many. */
#define OPEN_FILES (CLIENTS_MAX * FILE_DESCRIPTORS + WORKERS)
#define FLAGS_KEPT (O_ACCMODE | O_APPEND | O_NONBLOCK) /* the others are about opening */

static struct open_file files[OPEN_FILES];

/**
 * Makes an open file, with one reference, the caller's.
 *
 * @param kind   what can be done with it
 * @param node   what it is open for; gets a reference more. NULL: a pipe
 * @param flags  as with FILE_OPEN; those in FLAGS_KEPT are kept
 * @param made   set
 * @return 0; ENFILE
 */
int open_file_make(const struct file_kind *kind, struct node *node, unsigned flags,
                   struct open_file **made)
{
    for (struct open_file *file = files; file < files + OPEN_FILES; file++) {
        if (file->references == 0) {
            *file = (struct open_file){.references = 1,
                                       .flags = flags & FLAGS_KEPT,
                                       .kind = kind,
                                       .node = node != NULL ? node_hold(node) : NULL,
                                       .told = node != NULL ? node->mount->told : 0};
            *made = file;
            return 0;
        }
    }
    return ENFILE;
}

/** Adds a reference. @return the file */
struct open_file *open_file_hold(struct open_file *file)
{
    file->references++;
    return file;
}

/** Takes a reference away; with the last one the file is closed. May sleep. */
void open_file_put(struct open_file *file)
{
    struct node *node = file->node;

    if (file->references > 1) {
        file->references--;
        return;
    }
    if (file->kind->close != NULL) {
        file->kind->close(file); /* still counted: its place is not free yet */
    }
    file->references = 0;
    if (node != NULL) {
        node_put(node);
    }
}

/** @return whether it was opened to be read */
bool open_file_can_read(const struct open_file *file)
{
    return (file->flags & O_ACCMODE) != O_WRONLY;
}

/** @return whether it was opened to be written */
bool open_file_can_write(const struct open_file *file)
{
    return (file->flags & O_ACCMODE) != O_RDONLY;
}

/** @return how many there are */
unsigned open_files_count(void)
{
    unsigned count = 0;

    for (const struct open_file *file = files; file < files + OPEN_FILES; file++) {
        count += file->references != 0;
    }
    return count;
}
