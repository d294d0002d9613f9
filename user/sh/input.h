/**
 * @file
 * Where commands come from: a string, or a file that is read line by line.
 *
 * A file that commands share with the shell (its standard input) is never read beyond the line that
 * is run next.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "text.h"

/** What input_line() has found. */
enum input_result { INPUT_LINE, INPUT_END, INPUT_FAILED, INPUT_INTERRUPTED };

/** A source of commands. */
struct input {
    const char *string;     /**< what is left of a string; NULL: it is a file */
    size_t left;            /**< bytes of the string */
    int descriptor;         /**< of the file */
    bool takes_blocks;      /**< more than the line may be read */
    bool goes_back;         /**< and what is too much is given back */
    bool is_terminal;       /**< somebody types */
    const char *prompt;     /**< printed before a line is read; NULL: none */
    const char *next;       /**< that of the line after that, which goes on with the command */
    char buffer[256];       /**< what was read, but not used yet */
    size_t used, available; /**< of the buffer */
};

void input_from_string(struct input *input, const char *string, size_t length);
void input_from_file(struct input *input, int descriptor, bool is_shared);
enum input_result input_line(struct input *input, struct text *line);
void input_forget_line(struct input *input);
