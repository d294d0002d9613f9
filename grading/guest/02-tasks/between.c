/**
 * @file
 * Between the parts of the kernel. The file link.options has the linker send some calls from one
 * source file to another through the functions here (ld's --wrap), which hand them on, unless a
 * test wants to see them or to answer them itself. So each exercise can be tested although the
 * others are not written yet.
 *
 * With the words `threads=0` of the command line a test runs in the place of sched_init: before
 * there are any threads, on the boot stack, with interrupts off.
 */
#include "between.h"

#include "arch/interrupt.h"
#include "guest.h"
#include "task/sched.h"

struct guest_between guest_between;

void demo_main(void); /* guest.c of common/ */

/* The names are the linker's: a call of x goes to __wrap_x, and __real_x is x. */
void __real_sched_init(void);
void __real_queue_remove(struct thread *thread);
bool __real_interrupt_acknowledge(unsigned line);
void __real_sleep_wake_due(uint64_t now);
noreturn void __real_sched_leave(void);

void __wrap_sched_init(void);
void __wrap_queue_remove(struct thread *thread);
bool __wrap_interrupt_acknowledge(unsigned line);
void __wrap_sleep_wake_due(uint64_t now);
noreturn void __wrap_sched_leave(void);

void __wrap_sched_init(void)
{
    if (guest_argument("threads", 1) == 0) {
        demo_main();
    }
    __real_sched_init();
}

void __wrap_queue_remove(struct thread *thread)
{
    if (guest_between.queue_remove != NULL) {
        guest_between.queue_remove(thread);
    } else {
        __real_queue_remove(thread);
    }
}

bool __wrap_interrupt_acknowledge(unsigned line)
{
    if (guest_between.interrupt_acknowledge != NULL) {
        return guest_between.interrupt_acknowledge(line);
    }
    return __real_interrupt_acknowledge(line);
}

void __wrap_sleep_wake_due(uint64_t now)
{
    if (guest_between.sleep_wake_due != NULL) {
        guest_between.sleep_wake_due(now);
    } else {
        __real_sleep_wake_due(now);
    }
}

noreturn void __wrap_sched_leave(void)
{
    if (guest_between.sched_leave != NULL) {
        guest_between.sched_leave();
    }
    __real_sched_leave();
}

/** Puts a thread at the end of a queue. */
void guest_queue_append(struct thread_queue *queue, struct thread *thread)
{
    thread->queue = queue;
    thread->next = NULL;
    thread->previous = queue->last;
    if (queue->last == NULL) {
        queue->first = thread;
    } else {
        queue->last->next = thread;
    }
    queue->last = thread;
}

/** Takes a thread out of its queue. */
void guest_queue_remove(struct thread *thread)
{
    struct thread_queue *queue = thread->queue;

    if (queue == NULL) {
        return;
    }
    if (queue->first == thread) {
        queue->first = thread->next;
    } else {
        thread->previous->next = thread->next;
    }
    if (queue->last == thread) {
        queue->last = thread->previous;
    } else {
        thread->next->previous = thread->previous;
    }
    thread->queue = NULL;
    thread->next = thread->previous = NULL;
}
