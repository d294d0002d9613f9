/**
 * @file
 * Sleeping (IEEE 1003.1, nanosleep).
 */
#include <errno.h>
#include <time.h>
#include <unistd.h>

#include "task.h"

#define NANOSECONDS 1000000000
#define SECONDS_MAX 4000000000 /* what the kernel takes in any case, in milliseconds */

/**
 * Sleeps at least so long; the step is a millisecond.
 *
 * @param wanted  how long
 * @param rest    set to 0, if not NULL: nothing ends a sleep early
 * @return 0; -1: EINVAL: no such length of time
 */
int nanosleep(const struct timespec *wanted, struct timespec *rest)
{
    uint64_t milliseconds = ((uint64_t)wanted->tv_nsec + 999999) / 1000000;

    if (wanted->tv_sec < 0 || wanted->tv_nsec < 0 || wanted->tv_nsec >= NANOSECONDS) {
        errno = EINVAL;
        return -1;
    }
    task_sleep((uint64_t)(wanted->tv_sec < SECONDS_MAX ? wanted->tv_sec : SECONDS_MAX) * 1000 +
               milliseconds);
    if (rest != NULL) {
        *rest = (struct timespec){0, 0};
    }
    return 0;
}

/** Sleeps so many seconds. @return 0 */
unsigned sleep(unsigned seconds)
{
    struct timespec wanted = {.tv_sec = seconds};

    nanosleep(&wanted, NULL);
    return 0;
}

/** Sleeps so many microseconds. @return 0 */
int usleep(useconds_t microseconds)
{
    struct timespec wanted = {.tv_sec = microseconds / 1000000,
                              .tv_nsec = (long)(microseconds % 1000000) * 1000};

    return nanosleep(&wanted, NULL);
}
