/**
 * @file
 * Texts about the whole system.
 */
#include <log.h>

#include "generated/version.h"
#include "vfs/clock.h"
#include "vfs/mounts.h"
#include "vfs/open_file.h"
#include "vfs/pages.h"
#include "vfs/proc/texts.h"
#include "vfs/worker_run.h"

#define KILOBYTE 1024u
#define SECOND 1000u /* milliseconds */
#define LOG_PIECE 512u

/** Memory, as the root task knows it: what is not free is the kernel's or belongs to programs. */
void text_meminfo(struct text *text)
{
    struct root_memory memory;

    if (root_memory_read(&memory)) {
        text_print(text, "MemTotal:  %8lu kB\n", memory.total / KILOBYTE);
        text_print(text, "MemFree:   %8lu kB\n", memory.free / KILOBYTE);
        text_print(text, "Kernel:    %8lu kB\n", memory.kernel / KILOBYTE);
        text_print(text, "Programs:  %8lu kB\n",
                   (memory.total - memory.free - memory.kernel) / KILOBYTE);
    }
    text_print(text, "VfsPages:  %8lu kB\n", (PAGES_MAX - pages_free()) * (PAGE_BYTES / KILOBYTE));
    text_print(text, "VfsStack:  %8lu bytes\n", workers_deepest());
    text_print(text, "OpenFiles: %8u\n", open_files_count());
    text_print(text, "VfsNodes:  %8u\n", nodes_of(NULL));
}

/** Seconds since the machine began. */
void text_uptime(struct text *text)
{
    uint64_t now = clock_milliseconds();

    text_print(text, "%lu.%02lu\n", now / SECOND, now % SECOND / 10);
}

/** The system's name and version. */
void text_version(struct text *text)
{
    text_print(text, "MicroK version " MICROK_VERSION "\n");
}

/** Seconds since 1970-01-01 00:00 UTC. */
void text_time(struct text *text)
{
    text_print(text, "%lu\n", clock_seconds());
}

/** What is mounted, one in a line: source, directory, kind, rw or ro. */
void text_mounts(struct text *text)
{
    for (unsigned i = 0; i < MOUNTS_MAX; i++) {
        const struct mount *mount = mounts_at(i);

        if (mount != NULL) {
            text_print(text, "%s %s %s %s 0 0\n", mount->source, mount->where,
                       mount->file_system->kind, mount->is_read_only ? "ro" : "rw");
        }
    }
}

/** The newest part of what kernel and programs have said. */
void text_kmsg(struct text *text)
{
    char piece[LOG_PIECE];
    uint64_t position = 0;
    size_t size;

    do {
        size = log_copy(&position, piece, sizeof(piece));
        text_add(text, piece, size);
    } while (size > 0);
}
