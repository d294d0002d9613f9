/**
 * @file
 * What a thread of the kernel is made of: a control block and a stack.
 *
 * Callers see to it that interrupts are off.
 */
#include "arch/switch.h"
#include "debug/panic.h"
#include "mm/frames.h"
#include "task/thread.h"
#include "task/thread_calls.h"

static size_t slot_of(const struct thread *thread)
{
    return (size_t)(thread - threads);
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
    struct thread *thread = thread_claim(name);
    struct stack_span stack;

    if (thread == NULL) {
        return ERROR_TOO_MANY_THREADS;
    }
    if (frame_take_run(STACK_AREA_FRAMES, 1, &thread->stack_frames) != ERROR_NONE) {
        thread->state = THREAD_UNUSED;
        return ERROR_NO_MEMORY;
    }
    stack = stack_area_map(slot_of(thread), thread->stack_frames);
    context_init(&thread->context, (uintptr_t)run_program, stack.end, (uintptr_t)program,
                 (uintptr_t)argument);
    *made = thread;
    return ERROR_NONE;
}

/**
 * Gives back what an ended thread holds: its stack, on which nobody runs any more, since the kernel
 * has its own.
 */
void thread_release(struct thread *thread)
{
    enum error error;

    stack_area_unmap(slot_of(thread));
    error = frame_release_run(thread->stack_frames, STACK_AREA_FRAMES);
    if (error != ERROR_NONE) {
        panic("thread_release: the stack of %s at %lx: %s", thread->name, thread->stack_frames,
              error_name(error));
    }
}

/**
 * Leaves the kernel to a thread.
 */
noreturn void thread_resume(struct thread *thread)
{
    context_resume(&thread->context);
}
