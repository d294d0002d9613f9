/**
 * @file
 * Workers and locks alone: many workers lock at random to read or write, sleep meanwhile, are woken
 * and cancelled at random; what the header promises is checked at each step.
 *
 *     workers SEED ROUNDS        ends with 1 and a line in words when a promise is broken
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "print.h"
#include "random.h"
#include "task.h"
#include "vfs/worker_run.h"

#define LOCKS 3u
#define STEPS 8u /* of each worker */

/** What is known of a lock from outside. */
struct watched {
    struct rw_lock lock;
    unsigned readers, writers;
    uint64_t asked;  /* turns that were given out, in the order of asking */
    uint64_t got;    /* the last turn of a writer that was served */
    uint64_t newest; /* the highest turn that was served */
};

static struct watched watched[LOCKS];
static struct wait_queue sleepers;
static unsigned started, done, cancelled;

static void expect(bool is_so, const char *what)
{
    if (!is_so) {
        printf("broken: %s\n", what);
        exit(EXIT_FAILURE);
    }
}

void print(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    vprintf(format, values);
    va_end(values);
}

noreturn void task_finish(int64_t status)
{
    exit(status == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
}

/** Sleeps for a while, or is cancelled. */
static void rest(void)
{
    while (random_below(3) != 0 && worker_sleep(&sleepers)) {
    }
}

static void read_lock(struct watched *one)
{
    uint64_t turn = ++one->asked;

    rw_lock_read(&one->lock);
    expect(one->writers == 0, "a reader beside a writer");
    expect(turn > one->got, "a writer before his turn");
    one->newest = turn > one->newest ? turn : one->newest;
    one->readers++;
    rest();
    one->readers--;
    rw_unlock_read(&one->lock);
}

static void write_lock(struct watched *one)
{
    uint64_t turn = ++one->asked;

    rw_lock_write(&one->lock);
    expect(one->writers == 0 && one->readers == 0, "a writer beside another one");
    expect(turn > one->newest, "somebody before a writer whose turn it was");
    one->got = turn; /* all that asked before have had their turn */
    one->newest = turn;
    one->writers++;
    rest();
    one->writers--;
    rw_unlock_write(&one->lock);
}

static void body(void)
{
    for (unsigned i = 0; i < STEPS; i++) {
        struct watched *one = &watched[random_below(LOCKS)];

        if (random_below(3) == 0) {
            write_lock(one);
        } else {
            read_lock(one);
        }
    }
    done++;
}

/** Lets workers begin, wakes and cancels some. */
static void stir(void)
{
    static struct worker *last;

    if (random_below(2) == 0) {
        struct worker *worker = worker_start(body);

        started += worker != NULL;
        last = worker != NULL ? worker : last;
    }
    if (random_below(3) == 0) {
        worker_wake_first(&sleepers);
    }
    if (random_below(50) == 0) {
        worker_wake_all(&sleepers);
    }
    if (last != NULL && random_below(40) == 0 && last->queue != NULL) {
        worker_cancel(last);
        cancelled++;
    }
    workers_run();
}

int main(int argc, char **argv)
{
    uint64_t rounds = argc > 2 ? strtoull(argv[2], NULL, 0) : 100000;

    random_start(argc > 1 ? strtoull(argv[1], NULL, 0) : 1);
    workers_begin();
    for (uint64_t i = 0; i < rounds; i++) {
        stir();
    }
    while (sleepers.first != NULL) {
        worker_wake_all(&sleepers);
        workers_run();
    }
    expect(done == started, "somebody sleeps for ever");
    expect(workers_free() == WORKERS, "a worker is lost");
    for (unsigned i = 0; i < LOCKS; i++) {
        expect(watched[i].lock.readers == 0 && !watched[i].lock.is_written &&
                   watched[i].lock.waiting.first == NULL,
               "a lock is not free at the end");
    }
    printf("%u workers, %u cancelled, deepest stack %zu bytes\n", started, cancelled,
           workers_deepest());
    return EXIT_SUCCESS;
}
