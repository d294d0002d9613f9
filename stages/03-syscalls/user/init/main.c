/**
 * @file
 * What stage 03 shows: programs in user mode, calls that are refused, programs that are ended.
 */
#include "bin/offender.h"
#include "console.h"
#include "print.h"
#include "program.h"
#include "string.h"
#include "task.h"

#define KERNEL_ADDRESS 0xFFFFFFFF80100000ul
#define SPINS 10000000ul

static struct call_result start(const char *name, uint64_t argument)
{
    struct call_result result = task_start(name, strlen(name), argument);

    if (result.error != ERROR_NONE) {
        print("[init] %s cannot be started: %s\n", name, error_name((enum error)result.error));
    }
    return result;
}

/** @return the exit status; -2 when the task cannot be joined */
static int64_t join(uint64_t id)
{
    struct call_result result = task_join((task_id){id});

    return result.error == ERROR_NONE ? (int64_t)result.value : -2;
}

static void refuse(const char *what, uint64_t error)
{
    print("[init] %s: %s\n", what,
          error == ERROR_NONE ? "NOT refused" : error_name((enum error)error));
}

static void show_bad_calls(void)
{
    static const char text[CONSOLE_WRITE_MAX + 1];
    const char *kernel = (const char *)KERNEL_ADDRESS;
    const char *last = (const char *)UINTPTR_MAX;

    refuse("a call that is none", call_kernel(1000000, 0, 0, 0).error);
    refuse("text from nowhere", console_write(NULL, 16));
    refuse("text from the kernel's memory", console_write(kernel, 16));
    refuse("text that goes round the end of memory", console_write(last, 16));
    refuse("text that is too long", console_write(text, sizeof(text)));
    refuse("a program of no name", task_start(text, 0, 0).error);
    refuse("a program that is not there", task_start("nobody", 6, 0).error);
    refuse("a program that runs already", task_start("init", 4, 0).error);
    refuse("a program's name in the kernel's memory", task_start(kernel, 5, 0).error);
    refuse("joining oneself", task_join((task_id){task_self().value}).error);
    refuse("joining nobody", task_join((task_id){UINT64_MAX}).error);
}

static void show_offenders(void)
{
    for (uint64_t offence = 0; offence < OFFENCES; offence++) {
        struct call_result offender = start("offender", offence);

        if (offender.error == ERROR_NONE) {
            print("[init] the offender ended with status %ld; the system runs on\n",
                  join(offender.value));
        }
    }
}

/** Two tasks that never wait, and this one beside them. */
static void show_sharing(void)
{
    struct call_result spinner = start("spinner", SPINS);
    struct call_result first = start("sse", 1);
    struct call_result second = start("sse_2", 2);

    for (int i = 0; i < 3; i++) {
        task_sleep(10);
        print("[init] slept 10 ms beside the others\n");
    }
    print("[init] the spinner counted to %ld\n", join(spinner.value));
    print("[init] the others found %ld wrong registers\n", join(first.value) + join(second.value));
}

/** The first program: the machine stops when it ends. */
int64_t main(uint64_t argument)
{
    struct call_result hello;

    (void)argument;
    print("[init] user task started\n");
    hello = start("hello", 21);
    print("[init] hello ended with status %ld\n", join(hello.value));
    show_bad_calls();
    show_sharing();
    show_offenders();
    print("[init] stage 03 has shown its programs; nothing more to do\n");
    return 0;
}
