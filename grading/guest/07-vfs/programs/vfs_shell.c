/**
 * @file
 * Has the shell run a script, /s/script, with its output in a file.
 */
#include <spawn.h>
#include <sys/wait.h>

#include "file_use.h"

int64_t guest_main(uint64_t argument)
{
    static const struct spawn_file files[] = {{0, 0}, {1, 1}, {1, 2}};
    char *const arguments[] = {"sh", "/s/script", NULL};
    char *const environment[] = {"PATH=/bin", "HOME=/home", NULL};
    int status = -1;
    pid_t shell;

    (void)argument;
    files_begin();
    if (open("/s/script", O_RDONLY) != 0 ||
        open("/s/output", O_WRONLY | O_CREAT | O_TRUNC, 0644) != 1 || chdir("/tmp") != 0) {
        guest_report_signed("shell", -errno);
        return 0;
    }
    shell = spawn("/bin/sh", arguments, environment, files, 3);
    guest_report_signed("shell", shell < 0 ? -errno : waitpid(shell, &status, 0) == shell);
    guest_report_signed("status", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    guest_report_signed("sync", files_result(syncfs(0)));
    return 0;
}
