/**
 * @file
 * Workers, as those see them who let them run: the main loop, and locks. See worker.h.
 *
 * A worker is free, ready, running or asleep. Ready ones run in the order in which they became
 * ready, until each sleeps or is done; then control is back in workers_run().
 */
#pragma once

#include <stddef.h>

#include "worker.h"

#define WORKERS 160u        /**< as many as there are slots for callers behind SLOT_CALLERS */
#define WORKERS_INTERNAL 2u /**< kept for what the server does on its own */

/** What a worker does. */
typedef void (*worker_body)(void);

/** Written by worker.c, but for what is marked. */
struct worker {
    void *stack_pointer;      /**< while it does not run */
    struct worker *next;      /**< in its queue, among the ready ones or the free ones */
    struct wait_queue *queue; /**< where it sleeps; NULL: it does not */
    worker_body body;
    bool is_sure;      /**< sleeps surely: is woken in any case */
    bool is_cancelled; /**< nobody wants what it does any more */
    bool wants_write;  /**< rw_lock.c: what it waits for */
};

void workers_begin(void);
struct worker *worker_start(worker_body body);
void workers_run(void);
void worker_cancel(struct worker *worker);
unsigned workers_free(void);
unsigned worker_number(const struct worker *worker);
struct worker *worker_running(void);
size_t workers_deepest(void);
