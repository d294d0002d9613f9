/**
 * @file
 * What belongs to a thread besides its control block: how it begins, and is given back.
 */
#include "arch/page_table.h"
#include "ipc/endpoint.h"
#include "ipc/slots.h"
#include "task/program_memory.h"

_Static_assert(offsetof(struct thread, root) == 2320,
               "THREAD_ROOT: arch/x86_64/fastpath_leave.inc");

/**
 * Makes a new thread's parts such that it can run; memory it has none yet.
 */
void thread_prepare(struct thread *thread)
{
    fpu_prepare(&thread->cpu);
    thread->bound = &notification_none;
    thread->root = page_kernel_root();
}

/** Nobody but its pager can start or kill a thread: with the pager, what has not been started or
 * not been joined goes, too. */
static void leave_made(const struct thread *pager)
{
    for (size_t i = 0; i < THREAD_LIMIT; i++) {
        struct thread *made = &threads[i];

        if (made->pager.number != pager->id.number) {
            continue;
        }
        if (made->state == THREAD_NEW) {
            thread_end(made, 0); /* has made nobody itself */
        }
        if (made->state == THREAD_ENDED) {
            thread_reclaim(made);
        }
    }
}

/**
 * Gives back all that an ended thread holds but its control block. Who waits for it is told.
 */
void thread_release(struct thread *thread)
{
    leave_made(thread);
    for (size_t i = 0; i < SLOT_LIMIT; i++) {
        slots_clear(&thread->slots[i]);
    }
    notification_unbind(thread);
    program_release_memory(thread);
    fpu_forget(&thread->cpu);
}
