/**
 * @file
 * What a thread can ask of the kernel: the calls, as the kernel carries them out.
 *
 * Each runs with interrupts off, gets the caller and its arguments, and may leave the caller in
 * another state than RUNNING; then it is answered later, or never.
 */
#include "arch/call.h"
#include "arch/switch.h"
#include "task/call_number.h"
#include "task/sched.h"

/** Carries a call out; answers it, unless that comes later or never. */
typedef void (*call_function)(struct thread *caller, const uint64_t *arguments);

static void answer(struct thread *caller, enum error error, uint64_t value)
{
    context_set_result(&caller->context, error, value);
}

static void do_create(struct thread *caller, const uint64_t *arguments)
{
    struct thread *made;
    enum error error = thread_make((const char *)arguments[0], (thread_program)arguments[1],
                                   (void *)arguments[2], &made);

    if (error != ERROR_NONE) {
        answer(caller, error, 0);
        return;
    }
    sched_make_ready(made);
    answer(caller, ERROR_NONE, made->id.number);
}

static void do_exit(struct thread *caller, const uint64_t *arguments)
{
    thread_end(caller, (int64_t)arguments[0]);
}

static void do_yield(struct thread *caller, const uint64_t *arguments)
{
    (void)arguments;
    answer(caller, ERROR_NONE, 0);
    sched_rotate();
}

/** Sleeps at least as long as asked for: the tick that has begun does not count. */
static void do_sleep(struct thread *caller, const uint64_t *arguments)
{
    uint64_t ticks = arguments[0]; /* a tick is a millisecond */
    uint64_t longest = UINT64_MAX - sched.ticks - 1;

    if (ticks == 0) {
        do_yield(caller, arguments);
        return;
    }
    answer(caller, ERROR_NONE, 0);
    sleep_start(caller, sched.ticks + 1 + (ticks < longest ? ticks : longest));
}

_Static_assert(SCHED_TICK_HZ == 1000, "do_sleep takes a tick for a millisecond");

/** Why a thread cannot be joined; ERROR_NONE if it can. */
static enum error check_join(const struct thread *caller, const struct thread *thread)
{
    if (thread == NULL) {
        return ERROR_NO_THREAD;
    }
    if (thread == caller || thread == sched.idle) {
        return ERROR_INVALID_ARGUMENT;
    }
    return thread->joiner == NULL ? ERROR_NONE : ERROR_BUSY;
}

static void do_join(struct thread *caller, const uint64_t *arguments)
{
    struct thread *thread = thread_lookup((thread_id){arguments[0]});
    enum error error = check_join(caller, thread);

    if (error != ERROR_NONE) {
        answer(caller, error, 0);
    } else if (thread->state == THREAD_ENDED) {
        answer(caller, ERROR_NONE, (uint64_t)thread->exit_status);
        thread_reclaim(thread);
    } else {
        thread->joiner = caller; /* thread_end() answers with the status */
        caller->state = THREAD_JOINING;
    }
}

static void do_self(struct thread *caller, const uint64_t *arguments)
{
    (void)arguments;
    answer(caller, ERROR_NONE, caller->id.number);
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

    if (call.number < CALL_COUNT) {
        functions[call.number](sched.current, call.arguments);
    } else {
        answer(sched.current, ERROR_UNKNOWN_CALL, 0);
    }
    sched_leave();
}
