/**
 * @file
 * The shell's state. There is one, which main() has; everything else is handed it.
 *
 * A command is read (parser.h) into a program, and run (execute.h). While it runs, `files` is the
 * table of its open files, `leaving` says whether what is left of it is skipped, and up to where.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "arena.h"
#include "files.h"
#include "functions.h"
#include "input.h"
#include "jobs.h"
#include "variables.h"

#define STATUS_FAILED 1           /**< a built-in command could not do what it was told */
#define STATUS_WRONG 2            /**< what it was told makes no sense */
#define STATUS_NOT_EXECUTABLE 126 /**< POSIX 2.8.2: exit status for commands */
#define STATUS_NOT_FOUND 127      /**< likewise */
#define STATUS_SIGNAL 128         /**< and the signal's number */
#define STATUS_INTERRUPTED 130    /**< Ctrl-C */
#define STATUS_PIPE 141           /**< nobody reads the output: user/utilities/common.h */

#define SHELL_DEPTH_MAX 60u /**< commands inside of commands: the stack has an end */

/** What is left out, from now on. */
enum leaving {
    LEAVING_NOTHING,
    LEAVING_TURN,     /**< of a loop: continue */
    LEAVING_LOOP,     /**< break */
    LEAVING_FUNCTION, /**< return; or a file that is read by the command . */
    LEAVING_COMMAND,  /**< all of what was read: after Ctrl-C or an error, when somebody types */
    LEAVING_SHELL     /**< exit */
};

/** What `set` changes. */
struct options {
    bool exits_on_error;   /**< -e */
    bool needs_variables;  /**< -u */
    bool shows_commands;   /**< -x */
    bool takes_no_pattern; /**< -f */
};

/** The words that $1, $2, ... stand for. */
struct arguments {
    char *const *words;
    size_t count;
    struct arena arena; /**< where they are, if they are their own */
};

/** The shell. */
struct shell {
    const char *name; /**< $0 */
    struct variables variables;
    struct functions functions;
    struct jobs jobs;
    struct arguments arguments;
    struct options options;
    struct files *files;
    int status;               /**< $? */
    pid_t pid;                /**< $$ */
    bool is_interactive;      /**< somebody types the commands */
    int substituted;          /**< status of the last $(...) of a command; 0: it has none */
    bool takes_interrupts;    /**< Ctrl-C ends what it runs */
    unsigned long interrupts; /**< how often Ctrl-C was typed before the command */
    enum leaving leaving;
    unsigned levels; /**< loops that are left */
    unsigned loops;  /**< loops that are run */
    unsigned calls;  /**< functions and files that are run */
    unsigned depth;  /**< commands inside of commands */
    unsigned tested; /**< whose status is looked at: -e does not count there */
    unsigned line;   /**< of the command that is run */
};

void shell_say(const struct shell *shell, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void shell_give_up(struct shell *shell, int status);
bool shell_set_arguments(struct shell *shell, char *const *words, size_t count);
char shell_set_options(struct options *options, const char *word);
int shell_run(struct shell *shell, struct input *input, unsigned line);
int shell_run_terminal(struct shell *shell, struct input *input);
