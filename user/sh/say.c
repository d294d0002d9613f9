/**
 * @file
 * What the shell says itself, and how it gives up.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "shell.h"

#define LINE_MAX_LENGTH 256

/** Says something on the command's standard error output, with the script's line. errno stays. */
void shell_say(const struct shell *shell, const char *format, ...)
{
    char line[LINE_MAX_LENGTH];
    int error = errno;
    struct text text = {0};
    va_list arguments;

    text_add_string(&text, "sh: ");
    if (!shell->is_interactive && shell->line != 0) {
        text_add_string(&text, "line ");
        text_add_number(&text, (long)shell->line);
        text_add_string(&text, ": ");
    }
    va_start(arguments, format);
    vsnprintf(line, sizeof(line), format, arguments);
    va_end(arguments);
    text_add_string(&text, line);
    text_add_byte(&text, '\n');
    if (shell->files->own[STDERR_FILENO] >= 0 && !text.failed) {
        (void)!write(shell->files->own[STDERR_FILENO], text.bytes, text.length);
    }
    text_free(&text);
    errno = error;
}

/** Ends the command after an error: a script as a whole, POSIX 2.8.1. @param status its status */
void shell_give_up(struct shell *shell, int status)
{
    if (shell->leaving < LEAVING_COMMAND) {
        shell->status = status;
        shell->leaving = shell->is_interactive ? LEAVING_COMMAND : LEAVING_SHELL;
    }
}
