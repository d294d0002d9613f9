/**
 * @file
 * Stand-ins for what the library has from user/lib/: the end of the program, time, the console.
 */
#include "finish.h"

#include <setjmp.h>
#include <stdlib.h>
#include <stdnoreturn.h>
#include <string.h>

#include "clock.h"
#include "console.h"
#include "harness.h"
#include "task.h"

static jmp_buf back;
static bool is_tried;
static int64_t finished_with;
static char said[512];

/**
 * Runs something that may end the program.
 *
 * @param run     what
 * @param status  set to what it has ended with
 * @return whether it has ended; else it has returned
 */
bool finish_try(void (*run)(void), int64_t *status)
{
    said[0] = '\0';
    is_tried = true;
    if (setjmp(back) == 0) {
        run();
        is_tried = false;
        return false;
    }
    is_tried = false;
    *status = finished_with;
    return true;
}

/** @return what was written to the kernel's console since finish_try() */
const char *finish_said(void)
{
    return said;
}

/** Ends the program: the suite goes on where it has called finish_try(). */
noreturn void task_finish(int64_t status)
{
    if (!is_tried) {
        fail("the program has ended with %ld: %s", (long)status, said);
    }
    finished_with = status;
    longjmp(back, 1);
}

/** Keeps what is written. */
enum error console_write(const char *text, size_t length)
{
    strncat(said, text, length < sizeof(said) - strlen(said) ? length : 0);
    return ERROR_NONE;
}

/** The program is process 7. */
struct call_result task_self(void)
{
    return (struct call_result){ERROR_NONE, 7};
}

/** Does not sleep. */
enum error task_sleep(uint64_t milliseconds)
{
    (void)milliseconds;
    return ERROR_NONE;
}

/** A machine that began a while ago. */
struct call_result clock_read(void)
{
    return (struct call_result){ERROR_NONE, 123456};
}
