/**
 * @file
 * What signals mean.
 */
#include <signal.h>
#include <string.h>

static const char *const texts[NSIG] = {
    [SIGHUP] = "Hangup",
    [SIGINT] = "Interrupt",
    [SIGQUIT] = "Quit",
    [SIGILL] = "Illegal instruction",
    [SIGTRAP] = "Trace trap",
    [SIGABRT] = "Aborted",
    [SIGBUS] = "Bus error",
    [SIGFPE] = "Arithmetic exception",
    [SIGKILL] = "Killed",
    [SIGUSR1] = "User signal 1",
    [SIGSEGV] = "Segmentation fault",
    [SIGUSR2] = "User signal 2",
    [SIGPIPE] = "Broken pipe",
    [SIGALRM] = "Alarm clock",
    [SIGTERM] = "Terminated",
};

/** @param number any @return what the signal means, not to be changed (IEEE 1003.1) */
char *strsignal(int number)
{
    return (char *)(number > 0 && number < NSIG ? texts[number] : "Unknown signal");
}
