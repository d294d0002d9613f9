/**
 * @file
 * /proc/ipc_stats: what was counted and measured (stats.h). Nothing here is an estimate.
 */
#include "vfs/proc/texts.h"
#include "vfs/stats.h"

#define PARTS 10000u /* of the whole: hundredths of a percent */

static const char *const names[FILE_REQUESTS] = {
    "other",     "open",    "close",  "read",    "write",   "seek",     "stat",   "fstat",
    "mkdir",     "rmdir",   "unlink", "link",    "symlink", "readlink", "rename", "truncate",
    "ftruncate", "readdir", "fsync",  "sync",    "dup",     "dup2",     "chdir",  "getcwd",
    "pipe",      "control", "mount",  "unmount", "statfs",  "chmod",    "utime",  "begin",
    "pass",      "attach",  "next",   "umask",
};

/** @return what all kinds of requests have taken together */
static struct stats_sum sum_of_requests(void)
{
    struct stats_sum sum = {0, 0};

    for (unsigned i = 0; i < FILE_REQUESTS; i++) {
        sum.count += stats.requests[i].count;
        sum.ticks += stats.requests[i].ticks;
    }
    return sum;
}

/** Tells how many things there were, and how long they took on the average, if there were any. */
static void print_sum(struct text *text, const char *name, const struct stats_sum *sum)
{
    text_print(text, "%-22s %10lu", name, sum->count);
    if (sum->count > 0) {
        text_print(text, "   mean %8lu us", stats_microseconds(sum));
    }
    text_print(text, "\n");
}

static void print_count(struct text *text, const char *name, uint64_t count)
{
    text_print(text, "%-22s %10lu\n", name, count);
}

/** Tells of messages between this server, its clients and the storage driver. A request's time is
 * that from its arrival to its answer, waiting included. */
void text_ipc_stats(struct text *text)
{
    struct stats_sum requests = sum_of_requests();
    uint64_t answers = requests.count + stats.refused;

    print_count(text, "requests received", stats.received);
    print_sum(text, "requests answered", &requests);
    print_count(text, "requests refused", stats.refused);
    print_count(text, "requests under way", stats.received - answers);
    print_count(text, "clients gone", stats.gone);
    if (answers > 0) {
        uint64_t share = (answers - stats.gone) * PARTS / answers;

        text_print(text, "%-22s %7lu.%02lu %%\n", "answers delivered", share / 100, share % 100);
    }
    print_count(text, "signals received", stats.signals);
    print_sum(text, "storage driver calls", &stats.storage_calls);
    print_sum(text, "storage transfers", &stats.transfers);
    for (unsigned i = 0; i < FILE_REQUESTS; i++) {
        if (stats.requests[i].count > 0) {
            print_sum(text, names[i], &stats.requests[i]);
        }
    }
}
