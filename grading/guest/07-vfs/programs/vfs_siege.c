/**
 * @file
 * Programs that take all there is, and that reach for what is not theirs. The first task starts
 * them, looks whether it can go on meanwhile, ends them, and looks whether all came back.
 * Arguments: how many tasks open as many files as they can; how often to start something while
 * programs start themselves.
 */
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>

#include "file_use.h"
#include "init/session_proto.h"
#include "rpc.h"
#include "task.h"

#define TASKS_MOST 32u
#define BOMB_TIME 1500u /* milliseconds until all memory is taken */
#define STEP 5u         /* milliseconds between two looks */
#define CONSOLE "/dev/console"

/** What a task does: the lowest byte of its argument. */
enum role { ROLE_FIRST, ROLE_OPENER, ROLE_LISTENER, ROLE_THIEF };

#define ROLE_SHIFT 8u /* above: the thief's victim */

/** Asks the root task. @return what has come of it */
static struct call_result ask(uint32_t label, uint64_t first, uint64_t second, uint64_t third)
{
    struct message message = {.info = info_make(label, 3), .words = {first, second, third}};
    enum error error = ipc_call(SLOT_PAGER, &message, TIMEOUT_INFINITE);

    return (struct call_result){error == ERROR_NONE ? info_label(message.info) : (uint64_t)error,
                                message.words[0]};
}

/** @return bytes of memory that nobody has; of INIT_TOTAL */
static uint64_t free_memory(void)
{
    struct message message = {.info = info_make(INIT_TOTAL, 0)};

    return ipc_call(SLOT_PAGER, &message, TIMEOUT_INFINITE) == ERROR_NONE ? message.words[2] : 0;
}

/** Starts a shell with a command. @return its process id; or the error with a minus */
static pid_t start_shell(const char *command)
{
    char *const words[] = {"sh", "-c", (char *)command, NULL};
    char *const variables[] = {"PATH=/bin", NULL};
    pid_t shell = spawn("/bin/sh", words, variables, NULL, 0);

    return shell < 0 ? -errno : shell;
}

/** @return the exit status of a shell's command; -1 */
static int run_shell(const char *command)
{
    int status = -1;
    pid_t shell = start_shell(command);

    return shell > 0 && waitpid(shell, &status, 0) == shell && WIFEXITED(status)
               ? WEXITSTATUS(status)
               : -1;
}

/** Ends all that this task has started, and that they have. */
static void end_all(void)
{
    guest_report("end", ask(INIT_END, task_self().value, 1, true).error);
}

/** Opens a file as often as it can, and then waits for ever. */
static int64_t open_many(const char *path)
{
    while (open(path, O_RDWR | O_CREAT, 0644) >= 0) {
    }
    mkdir("/tmp/ready", 0755);
    for (;;) {
        task_sleep(1000);
    }
}

/** Starts tasks that open what they can, and waits until they have. */
static void start_openers(enum role role)
{
    for (unsigned i = 0; i < guest_argument(0) && i < TASKS_MOST; i++) {
        run_start("start", role, SLOT_SYSTEM_NAMES);
        while (rmdir("/tmp/ready") != 0) {
            task_sleep(STEP);
        }
    }
}

/** Others have as many files open as they can. */
static void besiege_files(void)
{
    int console = open(CONSOLE, O_RDWR), file;

    start_openers(ROLE_OPENER);
    file = open("/etc-is-not-needed", O_RDWR | O_CREAT, 0644);
    guest_report_signed("file", files_result(file));
    end_all();
    start_openers(ROLE_LISTENER);
    guest_report_signed("console", files_result(write(console, "besieged\n", 9)));
    end_all();
    close(file);
    close(console);
}

/** A task takes the end of another one's child. */
static void besiege_parents(void)
{
    pid_t child = start_shell("sleep 1");
    task_id thief =
        run_start("start", (uint64_t)child << ROLE_SHIFT | ROLE_THIEF, SLOT_SYSTEM_NAMES);

    guest_report("thief", task_join(thief).value);
    guest_report_signed("child", waitpid(child, NULL, 0) == child);
}

/** Programs start themselves, as fast as they can. */
static void besiege_memory(void)
{
    int script = open("/tmp/bomb", O_WRONLY | O_CREAT | O_TRUNC, 0644);
    static const char text[] = "while :; do sh /tmp/bomb & sh /tmp/bomb & sleep 1; done\n";

    guest_report_signed("script", files_result(write(script, text, sizeof(text) - 1)));
    close(script);
    guest_report_signed("bomb", start_shell("sh /tmp/bomb 2> /dev/null; true") > 0);
    task_sleep(BOMB_TIME);
    for (unsigned i = 0; i < guest_argument(1); i++) {
        guest_report_signed("meanwhile", run_shell("exit 7"));
    }
    guest_checkpoint("moment");
    end_all();
}

/** The parents of some go before they do. */
static void besiege_ends(void)
{
    uint64_t before = free_memory();

    guest_report_signed("orphans", run_shell("(sleep 1000 & sleep 1000 &) & wait"));
    guest_report("kept", free_memory() < before);
    end_all();
}

/** What the first task does. */
static void be_besieged(void)
{
    uint64_t before;

    guest_report_signed("warm", run_shell("exit 7"));
    before = free_memory();
    guest_report("second", task_start("vfs", 3, 0, SLOT_SYSTEM_NAMES).error);
    besiege_files();
    besiege_parents();
    besiege_ends();
    besiege_memory();
    guest_report_signed("endless", run_shell("sh /dev/zero 2> /dev/null; exit 7"));
    guest_report_signed("well", run_shell("exit 7"));
    guest_report_signed("lost", (int64_t)(before - free_memory()));
    guest_report_signed("sync", files_result(syncfs(0)));
    guest_checkpoint("after");
}

int64_t guest_main(uint64_t argument)
{
    files_begin();
    switch (argument % (1u << ROLE_SHIFT)) {
    case ROLE_OPENER:
        return open_many("/tmp/opened");
    case ROLE_LISTENER:
        return open_many(CONSOLE);
    case ROLE_THIEF:
        return (int64_t)ask(INIT_JOIN, argument >> ROLE_SHIFT, 0, 0).error;
    default:
        be_besieged();
        return 0;
    }
}
