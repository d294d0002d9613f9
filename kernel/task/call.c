/**
 * @file
 * What a thread can ask of the kernel: the calls, as the kernel carries them out.
 *
 * Each runs with interrupts off, gets the caller and its arguments, and may leave the caller in
 * another state than RUNNING; then it is answered later, or never.
 */
#include "task/call.h"

#include "arch/interrupt.h"
#include "task/call_number.h"
#include "task/sched.h"
#include "task/sleep.h"

#define ANSWER(error, value) ((struct kernel_result){(error), (value)})

typedef struct kernel_result (*call_function)(struct thread *caller, const uint64_t *arguments);

static struct kernel_result do_create(struct thread *caller, const uint64_t *arguments)
{
    struct thread *made;
    enum error error = thread_make((const char *)arguments[0], (thread_program)arguments[1],
                                   (void *)arguments[2], &made);

    (void)caller;
    if (error != ERROR_NONE) {
        return ANSWER(error, 0);
    }
    sched_make_ready(made);
    return ANSWER(ERROR_NONE, made->id.number);
}

static struct kernel_result do_exit(struct thread *caller, const uint64_t *arguments)
{
    thread_end(caller, (int64_t)arguments[0]);
    return ANSWER(ERROR_NONE, 0);
}

static struct kernel_result do_yield(struct thread *caller, const uint64_t *arguments)
{
    (void)caller;
    (void)arguments;
    sched_rotate();
    return ANSWER(ERROR_NONE, 0);
}

/** Sleeps at least as long as asked for: the tick that has begun does not count. */
static struct kernel_result do_sleep(struct thread *caller, const uint64_t *arguments)
{
    uint64_t ticks = arguments[0]; /* a tick is a millisecond */
    uint64_t longest = UINT64_MAX - sched.ticks - 1;

    if (ticks == 0) {
        return do_yield(caller, arguments);
    }
    sleep_start(caller, sched.ticks + 1 + (ticks < longest ? ticks : longest));
    return ANSWER(ERROR_NONE, 0);
}

_Static_assert(SCHED_TICK_HZ == 1000, "do_sleep takes a tick for a millisecond");

static struct kernel_result do_join(struct thread *caller, const uint64_t *arguments)
{
    struct thread *thread = thread_lookup((thread_id){arguments[0]});
    struct kernel_result result;

    if (thread == NULL) {
        return ANSWER(ERROR_NO_THREAD, 0);
    }
    if (thread == caller || thread == sched.idle) {
        return ANSWER(ERROR_INVALID_ARGUMENT, 0);
    }
    if (thread->joiner != NULL) {
        return ANSWER(ERROR_BUSY, 0);
    }
    result = ANSWER(ERROR_NONE, (uint64_t)thread->exit_status);
    if (thread->state == THREAD_ENDED) {
        thread_reclaim(thread);
    } else {
        thread->joiner = caller; /* thread_end() answers with the status */
        caller->state = THREAD_JOINING;
    }
    return result;
}

static struct kernel_result do_self(struct thread *caller, const uint64_t *arguments)
{
    (void)arguments;
    return ANSWER(ERROR_NONE, caller->id.number);
}

static const call_function functions[CALL_COUNT] = {
    [CALL_CREATE] = do_create, [CALL_EXIT] = do_exit, [CALL_YIELD] = do_yield,
    [CALL_SLEEP] = do_sleep,   [CALL_JOIN] = do_join, [CALL_SELF] = do_self,
};

/**
 * Takes over at a kernel call, on the kernel's stack, with interrupts off.
 *
 * @param saved  the current thread's context
 */
void call_enter(struct context *saved)
{
    struct kernel_call call = call_read(saved);
    struct kernel_result result = ANSWER(ERROR_UNKNOWN_CALL, 0);

    if (call.number < CALL_COUNT) {
        result = functions[call.number](sched.current, call.arguments);
    }
    call_answer(saved, result);
    sched_leave();
}
