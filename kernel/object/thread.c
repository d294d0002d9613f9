/**
 * @file
 * Threads as objects.
 *
 * A thread keeps a copy of the capabilities to what it is made of: its capability space, its
 * address space, the frame of its IPC buffer. When one of them is taken away, it stops.
 */
#include "object/object.h"

#include "arch/page_table.h"
#include "arch/paging.h"
#include "arch/user.h"
#include "cap/cap.h"
#include "ipc/endpoint.h"
#include "ipc/message.h"

/** What a thread has before anything else: see task/thread.h. */
void thread_prepare(struct thread *thread)
{
    fpu_prepare(&thread->cpu);
    thread->bound = &notification_none;
    thread->root = page_kernel_root();
}

/** A new control block: stopped, and as important as who made it. */
void thread_begin(struct thread *thread)
{
    thread_prepare(thread);
    context_init_user(&thread->context, 0, 0, 0, 0);
    sched_set_level(thread, sched.current == NULL ? PRIORITY_LEVELS - 1 : sched.current->level);
}

/**
 * Stops a thread, whatever it does. If it waits, its wait ends with ERROR_STOPPED; a fault that
 * nobody has mended it tries again.
 */
void thread_halt(struct thread *thread)
{
    if (thread->state >= THREAD_SENDING) {
        wait_cancel(thread, ERROR_STOPPED);
        thread->is_faulting = false;
    }
    queue_remove(thread);
    timeout_stop(thread); /* it may sleep */
    if (thread->state != THREAD_ENDED) {
        thread->state = THREAD_STOPPED;
    }
}

/** What a thread uses follows from the capabilities that it has: `extra` is 0 in the others. */
static void use_parts(struct thread *thread)
{
    struct cnode *cnode = thread->cspace.extra == 0 ? NULL : thread->cspace.cnode;

    thread->slots = cnode == NULL ? NULL : cnode->slots;
    thread->slot_count = cnode == NULL ? 0 : cnode->count;
    thread->root = thread->space.extra == 0 ? page_kernel_root() : space_root(thread->space.space);
    thread->buffer = thread->frame.extra == 0 ? NULL : paging_window(thread->frame.start);
}

/** A thread has lost one of its parts: it stops. */
void thread_lose(struct thread *thread)
{
    thread_halt(thread);
    use_parts(thread);
}

/** The last capability to a thread has gone. If it is the current thread, it stays that until the
 * kernel is left (sched_leave()). */
void thread_destroy(struct thread *thread)
{
    thread_halt(thread);
    reply_drop(&thread->caller);
    priority_forget_thread(thread);
    notification_unbind(thread);
    thread->cspace.extra = thread->space.extra = thread->frame.extra = 0; /* it has stopped */
    cap_clear(&thread->cspace);
    cap_clear(&thread->space);
    cap_clear(&thread->frame);
    fpu_forget(&thread->cpu);
}

/**
 * Gives a thread its parts.
 *
 * @param thread  any
 * @param cspace  the capability to its capability space; NULL: stays as it is
 * @param space   likewise its address space
 * @param frame   likewise the frame of its IPC buffer
 * @return ERROR_NONE; ERROR_BUSY when it has one of them already; ERROR_INVALID_ARGUMENT when the
 *         frame is not of one page; ERROR_NO_RIGHT when it cannot be read and written, or is a
 *         device's
 */
enum error thread_configure(struct thread *thread, struct slot *cspace, struct slot *space,
                            struct slot *frame)
{
    uint32_t rights = (MEMORY_READ | MEMORY_WRITE) << SLOT_FRAME_SHIFT;
    struct slot *const given[] = {cspace, space, frame};
    struct slot *const own[] = {&thread->cspace, &thread->space, &thread->frame};

    for (size_t i = 0; i < 3; i++) {
        if (given[i] != NULL && own[i]->allows != SLOT_EMPTY) {
            return ERROR_BUSY;
        }
    }
    if (frame != NULL && frame->pages != 1) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (frame != NULL && (frame->allows & (rights | SLOT_DEVICE)) != rights) {
        return ERROR_NO_RIGHT;
    }
    for (size_t i = 0; i < 3; i++) {
        if (given[i] != NULL) {
            cap_derive(own[i], *given[i], given[i]);
            own[i]->extra = (uintptr_t)thread;
        }
    }
    use_parts(thread);
    return ERROR_NONE;
}

/** @return whether a thread has all that it needs to run */
bool thread_is_whole(const struct thread *thread)
{
    return thread->slots != NULL && thread->buffer != NULL && thread->space.allows != SLOT_EMPTY;
}

/**
 * Lets a thread run from a new beginning.
 *
 * @param thread    whole, and in no queue
 * @param entry     address of its first instruction
 * @param stack     one past its stack's last byte, a multiple of 16
 * @param argument  RDI; RSI is MEMORY_BUFFER
 */
void thread_start(struct thread *thread, uint64_t entry, uint64_t stack, uint64_t argument)
{
    context_init_user(&thread->context, entry, stack, argument, MEMORY_BUFFER);
    thread->is_faulting = false; /* a fault that has been answered, but not gone on from */
    sched_make_ready(thread);
}
