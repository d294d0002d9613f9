/**
 * @file
 * What a thread can ask of the kernel: the calls, as a thread makes them.
 */
#include "task/thread_calls.h"

#include "arch/call.h"
#include "task/call_number.h"

static struct kernel_result ask(enum call_number number, uint64_t first, uint64_t second,
                                uint64_t third)
{
    struct kernel_call call = {number, {first, second, third}};

    return call_kernel(&call);
}

/**
 * Starts a thread.
 *
 * @param name      for people; cut off to THREAD_NAME_SIZE - 1 characters
 * @param program   what it runs; when it returns the thread ends
 * @param argument  handed to the program
 * @param created   set to the thread's name for thread_join(); every thread has to be joined
 * @return ERROR_NONE; ERROR_TOO_MANY_THREADS; ERROR_NO_MEMORY
 */
enum error thread_create(const char *name, thread_program program, void *argument,
                         thread_id *created)
{
    struct kernel_result result =
        ask(CALL_CREATE, (uintptr_t)name, (uintptr_t)program, (uintptr_t)argument);

    created->number = result.value;
    return (enum error)result.error;
}

/**
 * Ends the calling thread.
 *
 * @param status  for whoever joins it
 */
noreturn void thread_exit(int64_t status)
{
    ask(CALL_EXIT, (uint64_t)status, 0, 0);
    __builtin_unreachable();
}

/** Lets all other ready threads run first. */
void thread_yield(void)
{
    ask(CALL_YIELD, 0, 0, 0);
}

/**
 * Sleeps at least so long; 0 is the same as thread_yield().
 */
void thread_sleep(uint64_t milliseconds)
{
    ask(CALL_SLEEP, milliseconds, 0, 0);
}

/**
 * Waits until a thread has ended, and clears it away. Only one thread may wait for it.
 *
 * @param id      what thread_create() gave
 * @param status  set to its exit status; may be NULL
 * @return ERROR_NONE; ERROR_NO_THREAD when there is none or it has been joined already;
 *         ERROR_INVALID_ARGUMENT for the caller itself or the idle thread; ERROR_BUSY when another
 *         thread waits for it
 */
enum error thread_join(thread_id id, int64_t *status)
{
    struct kernel_result result = ask(CALL_JOIN, id.number, 0, 0);

    if (result.error == ERROR_NONE && status != NULL) {
        *status = (int64_t)result.value;
    }
    return (enum error)result.error;
}

/** @return the calling thread's name */
thread_id thread_self(void)
{
    return (thread_id){ask(CALL_SELF, 0, 0, 0).value};
}
