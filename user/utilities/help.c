/**
 * @file
 * help: says which commands there are.
 */
#include <stdio.h>
#include <unistd.h>

#include "common.h"

static const char usage[] = "usage: help [COMMAND]\n"
                            "says which commands there are, or how one is used\n";

static const char text[] =
    "Files\n"
    "  cat FILE         shows files               cp FILE COPY     copies (-r: directories)\n"
    "  ls [-l] [FILE]   lists files               mv FILE NAME     renames, moves\n"
    "  head, tail FILE  the first, last lines     rm FILE          removes (-r: directories)\n"
    "  wc FILE          counts lines, words       ln -s FILE NAME  links\n"
    "  grep TEXT FILE   lines with a text         mkdir, rmdir     make, remove directories\n"
    "  sort, cmp FILE   in order; compared        touch FILE       makes, or sets the time\n"
    "  hexdump FILE     as digits                 dd if= of=       copies blocks\n"
    "  stat FILE        all there is to know      tee FILE         copies what comes along\n"
    "  chmod +x FILE    permissions\n"
    "  df, mount, umount, sync                    disks\n"
    "System\n"
    "  ps               processes                 caps PID         what a process may do\n"
    "  free, uptime, uname -a, date, dmesg        kill PID         ends a process\n"
    "  sleep SECONDS    waits                     shutdown         switches the machine off\n"
    "Words\n"
    "  echo, printf, seq, env, true, false, test, and what the shell does itself: cd, pwd, "
    "export,\n"
    "  set, unset, read, shift, jobs, wait, exit, type, command, eval, exec, umask, .\n"
    "Shell\n"
    "  A > FILE, >> FILE, < FILE, 2>&1   files       A | B    B reads what A writes\n"
    "  A & (in the background)  A ; B    A && B    A || B    ( A )    { A; }    $( A )\n"
    "  NAME=VALUE, $NAME, $?, 'text', \"text $NAME\", *.txt, $((1 + 2))\n"
    "  if A; then B; else C; fi    while A; do B; done    for NAME in WORDS; do A; done\n"
    "  case WORD in PATTERN) A;; esac    NAME() { A; }\n"
    "help COMMAND, or COMMAND --help, says more. Ctrl-C ends a command, Ctrl-D the input,\n"
    "Ctrl-\\ all programs that were started.\n";

/** @return 0; the status of a command that does not say */
int main(int argc, char **argv)
{
    int first = utility_no_options(argc, argv, usage);

    if (argc - first > 1) {
        utility_usage(usage);
    }
    if (first < argc) {
        char *const words[] = {argv[first], "--help", NULL};

        return utility_run(words);
    }
    fputs(text, stdout);
    return utility_finish(0);
}
