/**
 * @file
 * The first program that belongs to a person: starts the shell, and ends with it.
 *
 * Slots: 1 the name server, 3 and 4 servers and drivers; that of files is what the C library uses.
 */
#include "errno.h"
#include "fcntl.h"
#include "spawn.h"
#include "string.h"
#include "sys/wait.h"
#include "termios.h"
#include "unistd.h"

#include "endpoint.h"
#include "files.h"
#include "print.h"
#include "program.h"

#define SHELL "/bin/sh"
#define CONSOLE "/dev/console"

/** What has to be there before the shell. */
static const struct {
    const char *name;
    slot slot;
} services[] = {{"vfs", {3}}, {"console", {4}}};

enum { FILES, SCREEN, SERVICES };

_Static_assert(sizeof(services) / sizeof(services[0]) == SERVICES, "a slot for each");

/** Waits until a service is there. @return whether it is */
static int await(unsigned service)
{
    enum error error = endpoint_lookup(services[service].name, services[service].slot);

    if (error != ERROR_NONE) {
        print("[start] %s is not there: %s\n", services[service].name, error_name(error));
        return 0;
    }
    print("[ok] %s\n", services[service].name);
    return 1;
}

/** Opens the console as standard input, output and error. */
static int open_console(void)
{
    for (int i = 0; i < 3; i++) {
        if (open(CONSOLE, O_RDWR) != i) {
            print("[start] " CONSOLE ": %s\n", strerror(errno));
            return 0;
        }
    }
    return 1;
}

/** Runs the shell. @return its exit status */
static int run_shell(void)
{
    static const struct spawn_file files[] = {{0, 0}, {1, 1}, {2, 2}};
    char *const arguments[] = {"sh", NULL};
    char *const environment[] = {"PATH=/bin", "HOME=/home", "PWD=/", NULL};
    int status = 0;
    pid_t shell = spawn(SHELL, arguments, environment, files, 3);

    if (shell < 0) {
        print("[start] " SHELL ": %s\n", strerror(errno));
        return -1;
    }
    while (waitpid(shell, &status, 0) != shell) {
        if (errno != EINTR) {
            print("[start] waiting: %s\n", strerror(errno));
            return -1;
        }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/** Starts the shell. @return its exit status; -1 when it could not be started, or a fault ended
 * it */
int64_t main(uint64_t argument)
{
    int status = -1, are_there = 1;

    (void)argument;
    for (unsigned i = 0; i < SERVICES; i++) {
        are_there &= await(i);
    }
    files_endpoint = services[FILES].slot;
    if (are_there && open_console()) {
        status = run_shell();
        tcdrain(STDOUT_FILENO); /* what has been written is to be seen */
    }
    if (syncfs(0) != 0) {
        print("[start] not everything could be written: %s\n", strerror(errno));
    }
    return status;
}
