/**
 * @file
 * Threads: how they are made, found, ended and cleared away.
 *
 * Callers see to it that interrupts are off.
 */
#include "task/thread.h"

#include <stdbool.h>

#include "arch/interrupt.h"
#include "arch/switch.h"
#include "debug/panic.h"
#include "lib/string.h"
#include "mm/frames.h"
#include "task/sched.h"
#include "task/thread_calls.h"

struct thread threads[THREAD_LIMIT];

static size_t slot_of(const struct thread *thread)
{
    return (size_t)(thread - threads);
}

static struct thread *find_unused(void)
{
    for (size_t i = 0; i < THREAD_LIMIT; i++) {
        if (threads[i].state == THREAD_UNUSED) {
            return &threads[i];
        }
    }
    return NULL;
}

/** Copies a name, cut off to fit. */
static void set_name(struct thread *thread, const char *name)
{
    size_t length = strlen(name);

    if (length >= THREAD_NAME_SIZE) {
        length = THREAD_NAME_SIZE - 1;
    }
    memcpy(thread->name, name, length);
    thread->name[length] = '\0';
}

/** A number that names this control block and no earlier thread in it. */
static thread_id next_id(const struct thread *thread)
{
    uint64_t last = thread->id.number;

    return (thread_id){last == 0 ? slot_of(thread) + THREAD_LIMIT : last + THREAD_LIMIT};
}

/** Where every thread starts, on its own stack: a program that returns ends its thread. */
static void run_program(thread_program program, void *argument)
{
    thread_exit(program(argument));
}

/**
 * Makes a thread. It is READY, but in no queue yet.
 *
 * @param name      for people; cut off to THREAD_NAME_SIZE - 1 characters
 * @param program   what it runs
 * @param argument  handed to the program
 * @param made      set to the thread
 * @return ERROR_NONE; ERROR_TOO_MANY_THREADS; ERROR_NO_MEMORY for its stack
 */
enum error thread_make(const char *name, thread_program program, void *argument,
                       struct thread **made)
{
    struct thread *thread = find_unused();
    struct stack_span stack;
    thread_id id;
    uint64_t stack_frames;

    if (thread == NULL) {
        return ERROR_TOO_MANY_THREADS;
    }
    if (frame_take_run(STACK_AREA_FRAMES, 1, &stack_frames) != ERROR_NONE) {
        return ERROR_NO_MEMORY;
    }
    stack = stack_area_map(slot_of(thread), stack_frames);
    id = next_id(thread);
    *thread = (struct thread){.id = id, .state = THREAD_READY, .stack_frames = stack_frames};
    set_name(thread, name);
    context_init(&thread->context, (uintptr_t)run_program, stack.end, (uintptr_t)program,
                 (uintptr_t)argument);
    *made = thread;
    return ERROR_NONE;
}

/**
 * @return the thread of a name; NULL when there is none, or none any more
 */
struct thread *thread_lookup(thread_id id)
{
    struct thread *thread = &threads[id.number % THREAD_LIMIT];
    bool found = thread->state != THREAD_UNUSED && thread->id.number == id.number;

    return found ? thread : NULL;
}

/** Wakes the joiner with the exit status, if there is one. */
static void answer_joiner(struct thread *thread)
{
    struct thread *joiner = thread->joiner;

    if (joiner != NULL) {
        call_answer(&joiner->context,
                    (struct kernel_result){ERROR_NONE, (uint64_t)thread->exit_status});
        sched_make_ready(joiner);
    }
}

/**
 * Ends a running thread. Somebody who waits for it goes on; otherwise it stays ENDED until it is
 * joined.
 *
 * @param thread  a thread in no queue
 * @param status  its exit status
 */
void thread_end(struct thread *thread, int64_t status)
{
    ASSERT(thread->queue == NULL);
    thread->state = THREAD_ENDED;
    thread->exit_status = status;
    if (thread->joiner != NULL) {
        answer_joiner(thread);
        thread_reclaim(thread);
    }
}

/**
 * Gives back all that an ended thread has: its stack, then its control block.
 */
void thread_reclaim(struct thread *thread)
{
    enum error error;

    ASSERT(thread->state == THREAD_ENDED);
    stack_area_unmap(slot_of(thread));
    error = frame_release_run(thread->stack_frames, STACK_AREA_FRAMES);
    if (error != ERROR_NONE) {
        panic("thread_reclaim: the stack of %s at %lx: %s", thread->name, thread->stack_frames,
              error_name(error));
    }
    thread->state = THREAD_UNUSED;
}
