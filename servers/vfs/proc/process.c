/**
 * @file
 * Texts about a process.
 */
#include <fcntl.h>
#include <sys/stat.h>

#include "init/session_proto.h"
#include "vfs/clients.h"
#include "vfs/open_file.h"
#include "vfs/proc/texts.h"

#define PAGE_KILOBYTES 4u

static const char *state_name(unsigned state)
{
    static const char *const names[] = {
        [INIT_STATE_CREATED] = "created",
        [INIT_STATE_READY] = "ready",
        [INIT_STATE_WAITING] = "waiting",
        [INIT_STATE_ENDED] = "ended",
    };

    return state >= INIT_STATE_CREATED && state <= INIT_STATE_ENDED ? names[state] : "unknown";
}

/** What it is called, and how it goes. */
void text_process_status(struct text *text, const struct root_process *process)
{
    text_print(text, "Name:   %s\n", process->name);
    text_print(text, "State:  %s\n", state_name(process->state));
    text_print(text, "Pid:    %lu\n", process->id);
    text_print(text, "PPid:   %lu\n", process->parent);
    text_print(text, "Memory: %lu kB\n", process->pages * PAGE_KILOBYTES);
    text_print(text, "Powers:%s%s%s%s\n", process->powers & POWER_SHUTDOWN ? " shutdown" : "",
               process->powers & POWER_INTERRUPT ? " interrupt" : "",
               process->powers & POWER_SERVE ? " serve" : "", process->powers == 0 ? " none" : "");
}

/** What it is called. */
void text_process_name(struct text *text, const struct root_process *process)
{
    text_print(text, "%s\n", process->name);
}

static const char *mode_name(const struct open_file *file)
{
    static const char *const names[] = {
        [O_RDONLY] = "read", [O_WRONLY] = "write", [O_RDWR] = "read write"};

    return names[file->flags & O_ACCMODE];
}

/** @return a word for what a file is */
static const char *kind_name(const struct node *node)
{
    if (node == NULL) {
        return "pipe";
    }
    if (S_ISCHR(node->status.mode)) {
        return "device";
    }
    return S_ISDIR(node->status.mode) ? "directory" : "file";
}

/** Its open files: descriptor, what it is, where, offset. */
void text_process_files(struct text *text, const struct root_process *process)
{
    const struct client *client = client_find(process->id);

    for (unsigned i = 0; client != NULL && i < FILE_DESCRIPTORS; i++) {
        const struct open_file *file = descriptor_find(&client->descriptors, i);

        if (file == NULL) {
            continue;
        }
        text_print(text, "%u: %s, %s", i, kind_name(file->node), mode_name(file));
        if (file->node != NULL) {
            text_print(text, ", inode %lu in %s, offset %lu", file->node->number,
                       file->node->mount->where, file->offset);
        }
        text_print(text, "\n");
    }
}
