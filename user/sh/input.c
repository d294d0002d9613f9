/**
 * @file
 * Where commands come from: see input.h.
 */
#include "input.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "terminal.h"

/** Takes commands from a string, which has to stay where it is. */
void input_from_string(struct input *input, const char *string, size_t length)
{
    *input = (struct input){.string = string, .left = length, .descriptor = -1};
}

/** Takes commands from a file. @param is_shared the commands that are run read from it, too */
void input_from_file(struct input *input, int descriptor, bool is_shared)
{
    bool goes_back = is_shared && lseek(descriptor, 0, SEEK_CUR) >= 0;
    bool is_terminal = isatty(descriptor);

    *input = (struct input){
        .descriptor = descriptor,
        .takes_blocks = !is_shared || goes_back || is_terminal,
        .goes_back = goes_back,
        .is_terminal = is_terminal,
    };
}

static enum input_result line_of_string(struct input *input, struct text *line)
{
    const char *newline = memchr(input->string, '\n', input->left);
    size_t length = newline == NULL ? input->left : (size_t)(newline - input->string) + 1;

    if (length == 0) {
        return INPUT_END;
    }
    text_add(line, input->string, length);
    input->string += length;
    input->left -= length;
    return INPUT_LINE;
}

/** Reads what the file gives at once, a terminal's next line; from a shared pipe, one byte. */
static enum input_result fill(struct input *input)
{
    size_t most = input->takes_blocks ? sizeof(input->buffer) : 1;
    ssize_t got = read(input->descriptor, input->buffer, most);

    input->used = 0;
    input->available = got > 0 ? (size_t)got : 0;
    if (got < 0) {
        return errno == EINTR ? INPUT_INTERRUPTED : INPUT_FAILED;
    }
    return got == 0 ? INPUT_END : INPUT_LINE;
}

/** Gives back to a shared file what was read beyond the line. */
static void give_back(struct input *input)
{
    if (input->goes_back && input->used != input->available) {
        lseek(input->descriptor, (off_t)input->used - (off_t)input->available, SEEK_CUR);
        input->used = input->available = 0;
    }
}

/** Moves bytes from the buffer to the line. @return whether the line is complete */
static bool take_bytes(struct input *input, struct text *line)
{
    const char *from = input->buffer + input->used;
    size_t most = input->available - input->used;
    const char *newline = memchr(from, '\n', most);
    size_t length = newline == NULL ? most : (size_t)(newline - from) + 1;

    text_add(line, from, length);
    input->used += length;
    return newline != NULL;
}

/** Takes bytes up to the next newline. A file whose line has no room in memory may have no end. */
static enum input_result line_of_file(struct input *input, struct text *line)
{
    size_t before = line->length;
    enum input_result result = INPUT_LINE;

    while (!take_bytes(input, line)) {
        if (line->failed && input->prompt == NULL) {
            errno = ENOMEM;
            return INPUT_FAILED;
        }
        result = fill(input);
        if (result != INPUT_LINE) {
            break;
        }
    }
    give_back(input);
    if (result == INPUT_END && line->length != before) {
        return INPUT_LINE; /* the last one has no end */
    }
    return result;
}

/** Takes all NULs out of a text from a place on: no word can have one. */
static void drop_nuls(struct text *text, size_t from)
{
    size_t to = from;

    for (size_t i = from; i < text->length; i++) {
        if (text->bytes[i] != '\0') {
            text->bytes[to++] = text->bytes[i];
        }
    }
    text->length = to;
}

/**
 * Gets the next line.
 *
 * @param input  where from
 * @param line   it is added there, with its newline; without one at the end of the input
 * @return what was found; after INPUT_FAILED errno says why
 */
enum input_result input_line(struct input *input, struct text *line)
{
    size_t before = line->length;
    enum input_result result;

    if (input->string != NULL) {
        return line_of_string(input, line);
    }
    if (input->is_terminal) {
        terminal_edit_lines(input->descriptor);
    }
    if (input->prompt != NULL) {
        fputs(input->prompt, stderr);
        fflush(stderr);
        input->prompt = input->next;
    }
    result = line_of_file(input, line);
    drop_nuls(line, before);
    return result;
}

/** Forgets what was typed ahead. */
void input_forget_line(struct input *input)
{
    input->used = input->available = 0;
}
