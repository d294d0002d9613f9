/**
 * @file
 * The environment, compared with the host's; and exit().
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/finish.h"
#include "libc.h"
#include "suites.h"

static char name[4], value[20];

static void set(void)
{
    int overwrite = random_chance(70);

    step_begin("setenv(%s, %s, %d)", name, value, overwrite);
    expect_equal((uint64_t)libc_setenv(name, value, overwrite),
                 (uint64_t)setenv(name, value, overwrite), "setenv");
}

static void unset(void)
{
    step_begin("unsetenv(%s)", name);
    expect_equal((uint64_t)libc_unsetenv(name), (uint64_t)unsetenv(name), "unsetenv");
}

static void get(void)
{
    const char *ours = libc_getenv(name), *theirs = getenv(name);

    EXPECT((ours == NULL) == (theirs == NULL) && (ours == NULL || strcmp(ours, theirs) == 0),
           "getenv(%s) is %s", name, ours == NULL ? "nothing" : ours);
}

static void compare_all(void)
{
    size_t count = 0;

    for (char **each = libc_environ; *each != NULL; each++, count++) {
        size_t length = strcspn(*each, "=");
        char each_name[8] = "";

        memcpy(each_name, *each, length);
        EXPECT(getenv(each_name) != NULL && strcmp(getenv(each_name), *each + length + 1) == 0,
               "%s is in the environment", *each);
    }
    for (char **each = environ; each != NULL && *each != NULL; each++) {
        count--;
    }
    expect_equal(count, 0, "variables more than there should be");
}

static int order[3];
static int ran;

static void first_function(void)
{
    order[ran++] = 1;
}

static void second_function(void)
{
    order[ran++] = 2;
}

static void leave(void)
{
    libc_atexit(first_function);
    libc_atexit(second_function);
    libc_exit(0x1FF);
}

static void exits(void)
{
    int64_t status = 0;

    EXPECT(finish_try(leave, &status), "exit() returned");
    expect_equal((uint64_t)status, 0xFF, "exit status");
    EXPECT(ran == 2 && order[0] == 2 && order[1] == 1, "atexit: %d, %d", order[0], order[1]);
}

/** What is there in the beginning is not from the heap. */
static char *given[] = {"A=1", "PATH=/bin", NULL};

/** Random variables of few names. */
void variables_run(unsigned steps)
{
    heap_give_all();
    clearenv();
    libc_environ = given;
    setenv("A", "1", 1);
    setenv("PATH", "/bin", 1);
    for (unsigned i = 0; i < steps; i++) {
        random_text(name, sizeof(name), "AB=");
        random_text(value, sizeof(value), "xyz=");
        switch (random_below(3)) {
        case 0:
            set();
            break;
        case 1:
            unset();
            break;
        default:
            get();
        }
        compare_all();
    }
    EXPECT(strcmp(given[0], "A=1") == 0, "what was given is changed");
    exits();
}
