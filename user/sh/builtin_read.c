/**
 * @file
 * The built-in command read: a line becomes variables.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "builtin.h"
#include "execute.h"
#include "terminal.h"

#define SEPARATORS " \t\n"
#define LOOK_EVERY 256u /* bytes, then whether Ctrl-C was typed */

/** A line, and which of its bytes mean themselves. */
struct line {
    struct text text;
    struct text quoted; /**< a byte for each: 1: a backslash stood before it */
};

/** Reads a byte. @return 1; 0: the end; -1: an error, which was told */
static int read_byte(struct shell *shell, char *byte)
{
    ssize_t got = read(shell->files->own[STDIN_FILENO], byte, 1);

    if (got < 0 && errno == EINTR) {
        shell_give_up(shell, STATUS_INTERRUPTED);
    } else if (got < 0) {
        shell_say(shell, "read: %s", strerror(errno));
    }
    return (int)got;
}

static void add(struct line *line, char byte, bool is_quoted)
{
    text_add_byte(&line->text, byte);
    text_add_byte(&line->quoted, is_quoted);
}

/** Reads a line, byte by byte: what comes behind it is for others. The line may have no end, and a
 * file makes nobody wait. @return as read_byte() */
static int read_line(struct shell *shell, struct line *line, bool is_raw)
{
    bool escaped = false;
    char byte = '\0';
    unsigned count = 0;
    int got;

    terminal_edit_lines(shell->files->own[STDIN_FILENO]);
    while ((got = read_byte(shell, &byte)) == 1 && (byte != '\n' || escaped)) {
        if (++count % LOOK_EVERY == 0 && execute_is_interrupted(shell)) {
            return -1;
        }
        if (byte == '\\' && !escaped && !is_raw) {
            escaped = true;
            continue;
        }
        if (byte != '\0' && !(byte == '\n' && escaped)) { /* that one continues the line */
            add(line, byte, escaped);
        }
        escaped = false;
    }
    return got;
}

/** @return whether the byte at a place separates words, and is a blank if asked for */
static bool separates(const struct shell *shell, const struct line *line, size_t place,
                      bool has_to_be_blank)
{
    const char *separators = variables_get(&shell->variables, "IFS");
    char byte = line->text.bytes[place];

    separators = separators == NULL ? SEPARATORS : separators;
    return line->quoted.bytes[place] == 0 && strchr(separators, byte) != NULL &&
           (!has_to_be_blank || strchr(SEPARATORS, byte) != NULL);
}

static size_t skip_blanks(const struct shell *shell, const struct line *line, size_t place)
{
    while (place < line->text.length && separates(shell, line, place, true)) {
        place++;
    }
    return place;
}

/** Finds where a word ends. */
static size_t word_end(const struct shell *shell, const struct line *line, size_t place)
{
    while (place < line->text.length && !separates(shell, line, place, false)) {
        place++;
    }
    return place;
}

/** Finds where what is left ends: without the blanks, and a separator that only ends one word. */
static size_t rest_end(const struct shell *shell, const struct line *line, size_t place)
{
    size_t one = word_end(shell, line, place);
    size_t behind = skip_blanks(shell, line, one);
    size_t end = line->text.length;

    if (behind < end && separates(shell, line, behind, false)) {
        behind = skip_blanks(shell, line, behind + 1);
    }
    if (behind == end) {
        return one; /* it is one word */
    }
    while (end > place && separates(shell, line, end - 1, true)) {
        end--;
    }
    return end;
}

/** Gives the bytes from `place` to `end` to a variable. */
static int set(struct shell *shell, const char *name, const struct line *line, size_t place,
               size_t end)
{
    struct arena arena = {0};
    const char *value = arena_copy(&arena, line->text.bytes + place, end - place);
    bool done = value != NULL && variables_set(&shell->variables, name, value);

    if (!done) {
        shell_say(shell, "read: %s: not enough memory", name);
    }
    arena_free(&arena);
    return done ? 0 : STATUS_WRONG;
}

/** Shares the line among the variables: the last one gets what is left. */
static int share(struct shell *shell, const struct line *line, size_t count, char **names)
{
    size_t place = skip_blanks(shell, line, 0);
    int status = 0;

    for (size_t i = 0; i < count && status == 0; i++) {
        bool is_last = i + 1 == count;
        size_t end = is_last ? rest_end(shell, line, place) : word_end(shell, line, place);

        status = set(shell, names[i], line, place, end);
        place = skip_blanks(shell, line, end);
        if (place < line->text.length && separates(shell, line, place, false)) {
            place = skip_blanks(shell, line, place + 1);
        }
    }
    return status;
}

static bool check_names(struct shell *shell, size_t count, char **names)
{
    for (size_t i = 0; i < count; i++) {
        if (!parser_is_name(names[i], strlen(names[i]))) {
            shell_say(shell, "read: %s: not a name", names[i]);
            return false;
        }
    }
    return true;
}

/** Reads a line. @return 0; 1: the input is at its end */
int builtin_read(struct shell *shell, size_t count, char **words)
{
    static char *only[] = {"REPLY"};
    bool is_raw = count > 1 && strcmp(words[1], "-r") == 0;
    size_t first = is_raw ? 2 : 1;
    struct line line = {0};
    int got, status;

    if (count > first && words[first][0] == '-') {
        return builtin_usage(shell, words[0]);
    }
    if (!check_names(shell, count - first, words + first)) {
        return STATUS_WRONG;
    }
    got = read_line(shell, &line, is_raw);
    status = line.text.failed || line.quoted.failed ? STATUS_WRONG : 0;
    if (status == 0 && line.text.bytes == NULL) {
        add(&line, '\0', false); /* so that there is something to point to */
        line.text.length = 0;
    }
    if (status == 0 && got >= 0) {
        bool has_names = count > first;

        status =
            share(shell, &line, has_names ? count - first : 1, has_names ? words + first : only);
    }
    text_free(&line.text);
    text_free(&line.quoted);
    return status != 0 ? status : got == 1 ? 0 : STATUS_FAILED;
}
